import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { welcomeKeys, type Situation } from "../src/situation";
import { accounts, SIGNED_IN, situation, slack } from "./situations";

interface Welcome {
  view: string;
  when: string;
  contents: string;
}

const manifest = JSON.parse(readFileSync("package.json", "utf8")) as {
  contributes: { viewsWelcome: Welcome[]; commands: { command: string }[] };
};
const { viewsWelcome, commands } = manifest.contributes;

const workflows = [{ uri: "file:///w", name: "W", problem: null, steps: [] }];
const none = { accounts: null, workflows: null };
const signIn = { ...SIGNED_IN, kind: null, project: null, environment: null };
const CASES: [string, Partial<Situation>, string, string][] = [
  [
    "no folder is open, whatever else",
    { hasFolder: false, isTrusted: false, server: "stopped" },
    "noFolder",
    "noFolder",
  ],
  ["the window is restricted", { isTrusted: false, server: "stopped" }, "untrusted", "untrusted"],
  ["the server starts", { server: "starting", ...none }, "starting", "starting"],
  ["nobody has needed the server yet", { server: "asleep", ...none }, "starting", "starting"],
  ["the server has ended", { server: "stopped", ...none }, "stopped", "stopped"],
  ["the server has not answered yet", none, "asking", "asking"],
  ["nobody is signed in", { accounts: accounts({ signIn: { ...signIn, state: "signed out" } }) }, "signedOut", "none"],
  ["nothing is kept here", { accounts: accounts({ signIn: { ...signIn, state: "local only" } }) }, "signedOut", "none"],
  ["asking failed", { accounts: accounts({ complete: false, problem: "It can’t be reached." }) }, "offline", "none"],
  ["Pipedream is still being asked", { accounts: accounts({ complete: false, asking: true }) }, "asking", "none"],
  ["there is no account", {}, "none", "none"],
  ["accounts are there that are not all", { accounts: accounts({ problem: "x", apps: [slack()] }), workflows }, "", ""],
];

for (const [what, parts, ofAccounts, ofWorkflows] of CASES) {
  test(`the welcome where ${what}`, () => {
    const keys = welcomeKeys(situation(parts));
    assert.deepEqual([keys["pdLsp.accounts.welcome"], keys["pdLsp.workflows.welcome"]], [ofAccounts, ofWorkflows]);
  });
}

test("only who is signed in can sign out", () => {
  assert.equal(welcomeKeys(situation())["pdLsp.signedIn"], true);
  const sandbox = accounts({ signIn: { ...signIn, state: "sandbox" } });
  assert.equal(welcomeKeys(situation({ accounts: sandbox }))["pdLsp.signedIn"], false);
  assert.equal(welcomeKeys(situation(none))["pdLsp.signedIn"], false);
});

test("package.json has a text for each of them and for no other", () => {
  // The view “Result” has one text, whatever the situation.
  const bySituation = viewsWelcome.filter(({ view }) => view !== "pdLsp.result");
  const wanted = (place: 2 | 3, view: string) =>
    [...new Set(CASES.map((one) => one[place]))].filter(Boolean).map((word) => `pdLsp.${view}.welcome == ${word}`);
  assert.deepEqual(
    new Set(bySituation.map(({ when }) => when)),
    new Set([...wanted(2, "accounts"), ...wanted(3, "workflows")]),
  );
  for (const { view, when } of bySituation) {
    assert.ok(when.startsWith(`${view}.welcome == `), when);
  }
});

test("each button of a text calls a command of ours that is there, or one of VS Code’s", () => {
  const called = viewsWelcome.flatMap(({ contents }) =>
    [...contents.matchAll(/command:([\w.]+)/g)].map(([, id]) => id),
  );
  assert.ok(called.length > 10);
  const ours = new Set(commands.map(({ command }) => command));
  for (const id of called) {
    assert.ok(ours.has(id ?? "") || id?.startsWith("workbench."), id);
  }
});
