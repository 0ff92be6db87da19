/** The bundle as it is shipped, with a stub for the editor and a real server process. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, test } from "node:test";

import { configurationOf } from "../src/debugSession";
import { folderAt, StubEditor } from "./stubEditor";

interface Extension {
  activate(context: { subscriptions: unknown[]; extensionPath: string }): Promise<void>;
  deactivate(): Promise<void>;
}

const editor = new StubEditor();
editor.install();
const extension = createRequire(path.resolve("out/"))(path.resolve("out/extension.js")) as Extension;
const fakeServer = [process.execPath, path.resolve("out/test/fakeServer.cjs")];
const searchPath = process.env["PATH"];

afterEach(async () => {
  await extension.deactivate();
  editor.changeSettings = () => undefined;
  Object.assign(editor, { userSettings: {}, folderSettings: {}, folders: [], isTrusted: true, button: undefined });
  Object.assign(editor, { typed: undefined, choice: undefined, openFile: undefined });
  for (const memory of [editor.errors, editor.questions, editor.terminals, editor.asked, editor.debugged]) {
    memory.length = 0;
  }
  editor.channels.clear();
  process.env["PATH"] = searchPath;
});

/** Activates where no `pd-lsp` can be found. */
async function activateAlone(): Promise<void> {
  process.env["PATH"] = "";
  await activate();
}

async function activate(): Promise<void> {
  await extension.activate({ subscriptions: [], extensionPath: process.cwd() });
}

async function activateWithServer(): Promise<void> {
  editor.userSettings = { "pdLsp.server.command": fakeServer };
  editor.folders = [folderAt("/w")];
  await activate();
  await shown("Pipedream Run", "experimental");
}

/** Waits until a channel holds a text. */
async function shown(channel: string, text: string): Promise<void> {
  await until(
    () => editor.channel(channel).includes(text),
    () => `“${text}” in ${JSON.stringify([...editor.channels, editor.errors])}`,
  );
}

async function until(condition: () => boolean, what: () => string): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!condition()) {
    assert.ok(Date.now() < deadline, `not seen: ${what()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function run(handler: string): Promise<unknown> {
  const command = editor.commands.get("pd.runStep");
  assert.ok(command, "the server's command is not there");
  return command({ uri: "file:///w/post/entry.py", handler }) as Promise<unknown>;
}

test("every command of package.json is there, also when pd-lsp is not", async () => {
  const manifest = JSON.parse(readFileSync("package.json", "utf8")) as {
    contributes: { commands: { command: string }[] };
  };
  await activateAlone();
  assert.deepEqual(
    [...editor.commands.keys()].sort(),
    manifest.contributes.commands.map(({ command }) => command).sort(),
  );
});

test("a machine without pd-lsp gets one sentence that says what to do", async () => {
  await activateAlone();
  assert.equal(editor.errors.length, 1);
  assert.match(editor.errors[0] ?? "", /pdLsp\.server\.python/);
});

test("a folder's settings start nothing (D7)", async () => {
  editor.folderSettings = { "pdLsp.server.command": fakeServer, "pdLsp.sandbox": true };
  await activateAlone();
  assert.equal(editor.channel("Pipedream Run"), "");
  assert.match(editor.errors[0] ?? "", /not found/);
});

test("the server starts outside the open folder, is told the trusted folders and that we know pd", async () => {
  await activateWithServer();
  const seen = JSON.parse(editor.channel("Pipedream Run").trim()) as unknown;
  assert.deepEqual(seen, {
    experimental: { pd: true },
    initializationOptions: { trustedFolders: ["file:///w"], rules: {}, debug: true },
    cwd: process.cwd(),
    args: ["serve", "--stdio"],
  });
});

test("the server is told the person's own levels of rules, and no folder's", async () => {
  editor.userSettings = { "pdLsp.server.command": fakeServer, "pdLsp.rules": { "unknown-key": "off" } };
  editor.folderSettings = { "pdLsp.rules": { "unknown-key": "error" } };
  editor.folders = [folderAt("/w")];
  await activate();
  await shown("Pipedream Run", '"rules":{"unknown-key":"off"}');
});

test("accounts behind their apps are asked for by the person alone (D7)", async () => {
  editor.folderSettings = { "pdLsp.inlayHints": true };
  await activateWithServer();
  assert.doesNotMatch(editor.channel("Pipedream Run"), /inlayHints/);
  editor.userSettings = { ...editor.userSettings, "pdLsp.inlayHints": true };
  await editor.changeSettings();
  await shown("Pipedream Run", '"inlayHints":true');
});

test("trust that is granted later is reported to the running server", async () => {
  editor.isTrusted = false;
  await activateWithServer();
  assert.match(editor.channel("Pipedream Run"), /"trustedFolders":\[\]/);
  editor.isTrusted = true;
  await editor.grantTrust();
  await shown("Pipedream Run", 'trust {"folders":["file:///w"]}');
});

test("granting trust, which VS Code also reports as a change of settings, does not start the server again", async () => {
  editor.isTrusted = false;
  await activateWithServer();
  editor.isTrusted = true;
  await Promise.all([editor.changeSettings(), editor.grantTrust()]);
  await shown("Pipedream Run", 'trust {"folders":["file:///w"]}');
  assert.equal(editor.channel("pd-lsp").split("Starting ").length - 1, 1);
});

test("a changed setting starts the server again with it", async () => {
  await activateWithServer();
  editor.userSettings = { ...editor.userSettings, "pdLsp.sandbox": true };
  await editor.changeSettings();
  await shown("Pipedream Run", '"args":["serve","--stdio","--sandbox"]');
});

test("trust that is granted while the server starts again reaches it", async () => {
  editor.isTrusted = false;
  await activateWithServer();
  editor.isTrusted = true;
  const restarted = editor.commands.get("pdLsp.restartServer")?.();
  await Promise.all([restarted, editor.grantTrust()]);
  await shown("Pipedream Run", 'trust {"folders":["file:///w"]}');
});

const SIGNING = [
  { id: "signIn", choice: "OAuth", words: ["login", "--connect"] },
  { id: "signIn", choice: "User API key", words: ["login", "--api-key"] },
  { id: "signOut", words: ["logout"] },
  { id: "connectAccount", typed: "slack_v2", words: ["accounts", "connect", "slack_v2", "--folder", "/w"] },
  { id: "keepAccount", typed: "openai", words: ["accounts", "add", "openai"] },
  { id: "accounts", words: ["accounts", "--folder", "/w"] },
];

for (const { id, choice, typed, words } of SIGNING) {
  test(`${id} opens a terminal with: ${words.join(" ")}`, async () => {
    await activateWithServer();
    Object.assign(editor, { choice, typed });
    await editor.commands.get(`pdLsp.${id}`)?.();
    const [command, ...args] = fakeServer;
    assert.equal(editor.terminals.length, 1);
    const [terminal = {}] = editor.terminals;
    assert.equal(terminal["shellPath"], command);
    assert.deepEqual(terminal["shellArgs"], [...args, "--stay", ...words]);
    assert.deepEqual([terminal["cwd"], terminal["strictEnv"]], [process.cwd(), true]);
  });
}

test("no question of these commands is one for a secret", async () => {
  await activateWithServer();
  for (const { id, choice, typed } of SIGNING) {
    Object.assign(editor, { choice, typed });
    await editor.commands.get(`pdLsp.${id}`)?.();
  }
  assert.equal(editor.asked.length, 4);
  assert.doesNotMatch(JSON.stringify(editor.asked), /password|secret|token/i);
});

test("who closes the question, or types what is no app, gets no terminal", async () => {
  await activateWithServer();
  for (const typed of [undefined, "", "--sandbox", "a b"]) {
    editor.typed = typed;
    for (const id of ["signIn", "connectAccount", "keepAccount"]) {
      await editor.commands.get(`pdLsp.${id}`)?.();
    }
  }
  assert.deepEqual(editor.terminals, []);
});

test("the folder of the open step is whose accounts are listed", async () => {
  await activateWithServer();
  editor.openFile = folderAt("/w/flow-p_1/post/entry.py");
  await editor.commands.get("pdLsp.accounts")?.();
  const { shellArgs } = editor.terminals[0] ?? {};
  assert.deepEqual((shellArgs as string[]).slice(-2), ["--folder", "/w/flow-p_1/post"]);
});

test("without pd-lsp a terminal is a sentence instead", async () => {
  await activateAlone();
  editor.errors.length = 0;
  await editor.commands.get("pdLsp.signOut")?.();
  assert.match(editor.errors[0] ?? "", /pdLsp\.server\.python/);
  assert.deepEqual(editor.terminals, []);
});

test("a terminal runs a program of the open folder only where the person trusts it", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "pd-lsp-"));
  const program = path.join(folder, process.platform === "win32" ? "pd-lsp.exe" : "pd-lsp");
  writeFileSync(program, "", { mode: 0o755 });
  editor.isTrusted = false;
  await activateWithServer();
  editor.userSettings = {};
  editor.folders = [folderAt(folder)];
  process.env["PATH"] = folder;
  await editor.commands.get("pdLsp.signOut")?.();
  assert.equal(editor.terminals.length, 0);
  editor.isTrusted = true;
  await editor.commands.get("pdLsp.signOut")?.();
  assert.equal(editor.terminals[0]?.["shellPath"], program);
  rmSync(folder, { recursive: true });
});

test("a lens runs its step after the server's question was answered", async () => {
  await activateWithServer();
  editor.button = "Run once";
  assert.deepEqual(await run("handler"), { outcome: "succeeded", exports: { answer: 42 }, duration: 1 });
  assert.deepEqual(editor.questions, [
    { title: "Run it?", detail: "Accounts: slack", buttons: ["Don’t Run", "Run once"] },
  ]);
  assert.match(
    editor.channel("Pipedream Run"),
    /post\/entry\.py {2}handler\n✓ Succeeded after 1\.00 s\.\nexports answer = 42/,
  );
});

test("the lens for debugging runs the step, and the debugger starts for the step that waits", async () => {
  await activateWithServer();
  const command = editor.commands.get("pd.debugStep");
  assert.deepEqual(await command?.({ uri: "file:///w/post/entry.py", handler: "handler" }), {
    outcome: "succeeded",
    duration: 2,
  });
  await shown("Pipedream Run", "Succeeded after 2.00 s.");
  assert.deepEqual(editor.debugged, [configurationOf("0a1b")]);
});

test("the debug adapter is the server's program, started outside the open folder", async () => {
  await activateWithServer();
  editor.folderSettings = { "pdLsp.server.command": ["/w/hostile"] };
  const [command, ...args] = fakeServer;
  assert.deepEqual(
    { ...((await editor.debugAdapters.createDebugAdapterDescriptor()) as object) },
    {
      command,
      args: [...args, "debug-adapter"],
      options: { cwd: process.cwd() },
    },
  );
});

test("without pd-lsp the debugger is a sentence", async () => {
  await activateAlone();
  const adapter = editor.debugAdapters.createDebugAdapterDescriptor() as Promise<unknown>;
  await assert.rejects(adapter, /pdLsp\.server\.python/);
});

test("a configuration of a folder starts the open step, as the command does, and gives it nothing", async () => {
  await activateWithServer();
  const called: unknown[] = [];
  editor.commands.set("pdLsp.debugStep", (...given) => called.push(given));
  const hostile = { type: "pd-lsp", request: "attach", name: "x", env: { A: "1" }, python: "/w/python" };
  assert.equal(editor.debugConfigurations.resolveDebugConfiguration(undefined, hostile), undefined);
  assert.deepEqual(called, [[]]);
});

test("type stubs are written for the project of the open step", async () => {
  await activateWithServer();
  editor.openFile = folderAt("/w/flow-p_1/post/entry.py");
  await editor.commands.get("pdLsp.writeStub")?.();
  await shown("Pipedream Run", 'pd.writeStub [{"uri":"file:///w/flow-p_1/post/entry.py"}]');
});

test("closing the question runs nothing", async () => {
  await activateWithServer();
  const before = editor.channel("Pipedream Run");
  assert.equal(await run("handler"), null);
  assert.equal(editor.channel("Pipedream Run"), before);
});

test("the stop command cancels the run's request", async () => {
  await activateWithServer();
  const running = run("sleeps");
  await shown("Pipedream Run", "asleep");
  editor.commands.get("pdLsp.stopRun")?.();
  assert.equal(await running, null);
  assert.match(editor.channel("Pipedream Run"), /asleep\n■ Stopped\.\n/);
});

test("a server that dies is started again once, and then explained", async () => {
  await activateWithServer();
  editor.channels.clear();
  assert.equal(await run("dies"), null);
  await shown("Pipedream Run", "experimental");
  await until(
    () => editor.commands.has("pd.runStep"),
    () => "the command after the restart",
  );
  assert.deepEqual(editor.errors, []);
  assert.equal(await run("dies"), null);
  await until(
    () => editor.errors.length > 0,
    () => "the explanation",
  );
  assert.match(editor.errors.join(), /^pd-lsp ended and could not be kept running/);
});

test("a server that dies at its start is explained once and not started again and again", async () => {
  editor.userSettings = { "pdLsp.server.command": [process.execPath, "-e", "process.exit(3)"] };
  await activate();
  assert.equal(editor.errors.length, 1);
  assert.match(editor.errors[0] ?? "", /could not be kept running/);
  assert.doesNotMatch(editor.channel("pd-lsp"), /will restart/);
});
