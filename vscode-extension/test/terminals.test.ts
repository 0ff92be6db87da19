import assert from "node:assert/strict";
import { test } from "node:test";

import { appProblem, isOurs, terminalFor, type AccountCommand, type Place } from "../src/terminals";

const program = { command: "/opt/python", args: ["-m", "pd_lsp"] };
const place: Place = { workingFolder: "/ext", folder: "/w/flow", sandbox: false, environment: {} };

function argsOf(command: AccountCommand, around: Partial<Place> = {}): string[] {
  return terminalFor(command, program, { ...place, ...around }).shellArgs;
}

test("a terminal is the program itself with its arguments, outside the open folder, and stays until it was read", () => {
  assert.deepEqual(terminalFor({ does: "signIn", way: "--connect", secretFrom: "keyring" }, program, place), {
    name: "Pipedream: Sign In",
    shellPath: "/opt/python",
    shellArgs: ["-m", "pd_lsp", "--stay", "login", "--connect"],
    cwd: "/ext",
    env: {},
    strictEnv: true,
    isTransient: true,
  });
});

test("a terminal is known as ours by its name, and no other is", () => {
  assert.ok(isOurs(terminalFor({ does: "signOut" }, program, place).name));
  assert.deepEqual([isOurs("bash"), isOurs(undefined), isOurs("Pipedream: deploy")], [false, false, false]);
});

test("each command has its words", () => {
  const before = ["-m", "pd_lsp", "--stay"];
  assert.deepEqual(argsOf({ does: "signIn", way: "--api-key", secretFrom: "keyring" }), [
    ...before,
    "login",
    "--api-key",
  ]);
  assert.deepEqual(argsOf({ does: "signIn", way: "--connect", secretFrom: "command" }), [
    ...[...before, "login", "--connect"],
    "--secret-command",
  ]);
  assert.deepEqual(argsOf({ does: "signOut" }), [...before, "logout"]);
  assert.deepEqual(argsOf({ does: "connect", app: "slack_v2" }), [
    ...[...before, "accounts", "connect", "slack_v2"],
    ...["--folder", "/w/flow"],
  ]);
  assert.deepEqual(argsOf({ does: "keep", app: "openai" }), [...before, "accounts", "add", "openai"]);
  assert.deepEqual(argsOf({ does: "listen", name: "order" }), [
    ...[...before, "listen", "--once", "--save"],
    ...["/w/flow", "order"],
  ]);
  assert.deepEqual(argsOf({ does: "list" }), [...before, "accounts", "--folder", "/w/flow"]);
});

test("without a folder none is named", () => {
  assert.deepEqual(argsOf({ does: "list" }, { folder: undefined }), ["-m", "pd_lsp", "--stay", "accounts"]);
});

test("a folder whose name a shell would read is one argument as it is", () => {
  const folder = "/w/$(touch x) `y` ${env:Z}; 'q' \"r\"";
  assert.equal(argsOf({ does: "list" }, { folder }).at(-1), folder);
});

test("where the server uses the sandbox, its accounts are listed", () => {
  assert.ok(argsOf({ does: "list" }, { sandbox: true }).includes("--sandbox"));
  assert.ok(
    !argsOf({ does: "signIn", way: "--connect", secretFrom: "keyring" }, { sandbox: true }).includes("--sandbox"),
  );
});

test("the environment is the extension's own, without what steers Electron", () => {
  const environment = { PATH: "/bin", HOME: "/home/me", ELECTRON_RUN_AS_NODE: "1", UNSET: undefined };
  assert.deepEqual(terminalFor({ does: "list" }, program, { ...place, environment }).env, {
    PATH: "/bin",
    HOME: "/home/me",
  });
});

test("an app's slug is no option and nothing that a shell or a URL would read", () => {
  for (const slug of ["slack_v2", "openai", "a", "_x", "x-y", "a".repeat(100)]) {
    assert.equal(appProblem(slug), undefined, slug);
  }
  for (const other of ["", "-x", "--sandbox", "my app", "a&b", "ä", "a\n", "a".repeat(101)]) {
    assert.match(appProblem(other) ?? "", /slug/, other);
  }
});
