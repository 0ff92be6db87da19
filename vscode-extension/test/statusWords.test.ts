import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import type { SignIn } from "../src/connectedAccounts";
import type { Situation } from "../src/situation";
import { statusChoices, statusWords } from "../src/statusWords";
import { accounts, SIGNED_IN, situation, slack } from "./situations";

function signedIn(parts: Partial<SignIn>, more: Parameters<typeof accounts>[0] = {}): Partial<Situation> {
  return { accounts: accounts({ signIn: { ...SIGNED_IN, ...parts }, ...more }) };
}

const nobody = { kind: null, project: null, environment: null } as const;
const SITUATIONS: [string, Partial<Situation>][] = [
  ["$(folder) No folder", { hasFolder: false }],
  ["$(workspace-untrusted) Restricted", { isTrusted: false }],
  ["$(loading~spin) Pipedream: starting…", { server: "starting" }],
  ["$(loading~spin) Pipedream: starting…", { accounts: null }],
  ["$(error) Pipedream: not running", { server: "stopped" }],
  ["$(account) Signed out", signedIn({ state: "signed out", ...nobody })],
  ["$(home) Accounts kept here", signedIn({ state: "local only", ...nobody })],
  ["$(beaker) Sandbox", signedIn({ state: "sandbox", ...nobody })],
  ["$(plug) proj_abc · development", {}],
  ["$(plug) User API key", signedIn({ kind: "api", project: null, environment: null })],
  ["$(debug-disconnect) proj_abc · development · offline", signedIn({}, { problem: "It can’t be reached." })],
  ["$(warning) proj_abc · PRODUCTION", signedIn({ environment: "production" })],
  ["$(warning) Sandbox · PRODUCTION", signedIn({ state: "sandbox", ...nobody }, { apps: [slack("production", true)] })],
];

for (const [text, parts] of SITUATIONS) {
  test(`the status item says “${text}”`, () => {
    const words = statusWords(situation(parts));
    assert.equal(words.text, text);
    assert.equal(words.isProduction, text.includes("PRODUCTION"));
    assert.ok(words.spoken.includes(text.replace(/^\$\(.*\) (Pipedream: )?/, "")), words.spoken);
  });
}

test("an account of production that nobody chose colours nothing", () => {
  const words = statusWords(situation(signedIn({}, { apps: [slack("production")] })));
  assert.equal(words.isProduction, false);
});

test("nothing is production where nothing can run", () => {
  const production = signedIn({ environment: "production" });
  assert.equal(statusWords(situation({ ...production, isTrusted: false })).isProduction, false);
});

test("the tooltip says why accounts are missing, and counts them", () => {
  const apps = [slack(), { app: "x", name: "X", accounts: [{ ...firstOf(slack()), state: "dead" as const }] }];
  const { tooltip } = statusWords(situation(signedIn({}, { complete: false, problem: "It is busy.", apps })));
  assert.match(tooltip, /\nIt is busy\.\n2 accounts, 1 of them dead, maybe not all\n/);
});

test("what is offered fits the situation, and every command exists", () => {
  const first = (parts: Partial<Situation>) => statusChoices(situation(parts))[0]?.command;
  assert.equal(first({ hasFolder: false }), "workbench.action.files.openFolder");
  assert.equal(first({ isTrusted: false }), "workbench.trust.manage");
  assert.equal(first({ server: "stopped" }), "pdLsp.restartServer");
  assert.equal(first(signedIn({ state: "signed out", ...nobody })), "pdLsp.signIn");
  assert.equal(first({}), "pdLsp.accounts.focus");
  const offered = (parts: Partial<Situation>) => statusChoices(situation(parts)).map(({ command }) => command);
  assert.ok(offered({}).includes("pdLsp.signOut"));
  assert.ok(!offered(signedIn({ state: "sandbox", ...nobody })).includes("pdLsp.signOut"));
  const manifest = readFileSync("package.json", "utf8");
  for (const [, parts] of SITUATIONS) {
    for (const command of offered(parts).filter((one) => one.startsWith("pdLsp.") && !one.endsWith(".focus"))) {
      assert.ok(manifest.includes(`"command": "${command}"`), command);
    }
  }
});

function firstOf(app: ReturnType<typeof slack>) {
  const [account] = app.accounts;
  assert.ok(account);
  return account;
}
