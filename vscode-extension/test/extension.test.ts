/** The bundle as it is shipped, with a stub for the editor and a real server process. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, afterEach, test } from "node:test";

import { configurationOf } from "../src/debugSession";
import { folderAt, StubEditor } from "./stubEditor";

interface Extension {
  activate(context: {
    subscriptions: { dispose(): unknown }[];
    extensionPath: string;
    extension: { packageJSON: unknown };
    environmentVariableCollection: Record<"clear" | "append" | "replace", () => void>;
  }): void;
  deactivate(): Promise<void>;
}

const editor = new StubEditor();
editor.install();
const extension = createRequire(path.resolve("out/"))(path.resolve("out/extension.js")) as Extension;
const fakeServer = [process.execPath, path.resolve("out/test/fakeServer.cjs")];
const searchPath = process.env["PATH"];
const subscriptions: { dispose(): unknown }[] = [];
const manifest = JSON.parse(readFileSync("package.json", "utf8")) as {
  contributes: { commands: { command: string }[] };
};
/** The folder of the extension, as far as a test puts something into it. */
const ours = realpathSync(mkdtempSync(path.join(tmpdir(), "pd-lsp-extension-")));

after(() => {
  rmSync(ours, { recursive: true });
});

/** Closes the window, as VS Code does. */
async function close(): Promise<void> {
  await extension.deactivate();
  subscriptions.splice(0).forEach((one) => void one.dispose());
}

afterEach(async () => {
  await close();
  rmSync(path.join(ours, "server"), { recursive: true, force: true });
  Object.assign(editor, { hasWorkflow: true, documents: [], extensions: {}, clipboard: "", pythonOfFolder: undefined });
  editor.changeSettings = () => undefined;
  Object.assign(editor, { userSettings: {}, folderSettings: {}, folders: [], isTrusted: true, button: undefined });
  Object.assign(editor, { typed: undefined, choice: undefined, openFile: undefined });
  for (const memory of [
    editor.errors,
    editor.questions,
    editor.terminals,
    editor.asked,
    editor.debugged,
    editor.informed,
  ]) {
    memory.length = 0;
  }
  editor.channels.clear();
  editor.contextKeys.clear();
  process.env["PATH"] = searchPath;
});

/** Activates where no `pd-lsp` can be found. */
async function activateAlone(): Promise<void> {
  process.env["PATH"] = "";
  activate();
  await until(
    () => editor.errors.length > 0,
    () => "why there is no server",
  );
}

function activate(): void {
  const nothing = () => undefined;
  const environmentVariableCollection = { clear: nothing, append: nothing, replace: nothing };
  extension.activate({
    subscriptions,
    extensionPath: ours,
    extension: { packageJSON: manifest },
    environmentVariableCollection,
  });
}

async function activateWithServer(): Promise<void> {
  editor.userSettings = { "pdLsp.server.command": fakeServer };
  editor.folders = [folderAt("/w")];
  activate();
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
    cwd: ours,
    args: ["serve", "--stdio"],
  });
});

test("the server is told the person's own levels of rules, and no folder's", async () => {
  editor.userSettings = { "pdLsp.server.command": fakeServer, "pdLsp.rules": { "unknown-key": "off" } };
  editor.folderSettings = { "pdLsp.rules": { "unknown-key": "error" } };
  editor.folders = [folderAt("/w")];
  activate();
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
  { id: "signIn", choice: "OAuth client", words: ["login", "--connect"] },
  { id: "signIn", choice: "OAuth client, its", words: ["login", "--connect", "--secret-command"] },
  { id: "signIn", choice: "User API key", words: ["login", "--api-key"] },
  { id: "signIn", choice: "User API key from", words: ["login", "--api-key", "--secret-command"] },
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
    assert.deepEqual([terminal["cwd"], terminal["strictEnv"]], [ours, true]);
  });
}

test("no question of these commands is one for a secret", async () => {
  await activateWithServer();
  for (const { id, choice, typed } of SIGNING) {
    Object.assign(editor, { choice, typed });
    await editor.commands.get(`pdLsp.${id}`)?.();
  }
  assert.equal(editor.asked.length, 6);
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
      options: { cwd: ours },
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
  activate();
  await until(
    () => editor.errors.length > 0,
    () => "the explanation",
  );
  assert.equal(editor.errors.length, 1);
  assert.match(editor.errors[0] ?? "", /could not be kept running/);
  assert.doesNotMatch(editor.channel("pd-lsp"), /will restart/);
});

const PLAIN = "def main():\n    return 1\n";
const A_STEP = 'def handler(pd: "pipedream"):\n    return 1\n';

/** A window without a workflow, in which nothing has started. */
function activateWithoutWorkflow(...texts: string[]): void {
  editor.hasWorkflow = false;
  editor.documents = texts.map((text) => ({ languageId: "python", uri: folderAt("/w/a.py"), text }));
  editor.userSettings = { "pdLsp.server.command": fakeServer };
  editor.folders = [folderAt("/w")];
  activate();
}

/** Whether the server was started, asked after everything that could start it had its turn. */
async function isStarted(): Promise<boolean> {
  await new Promise((resolve) => setImmediate(resolve));
  return editor.channel("pd-lsp").includes("Starting ");
}

test("among Python files that are no steps no server is started, whatever is typed in them", async () => {
  activateWithoutWorkflow(PLAIN);
  editor.open(PLAIN);
  editor.open(A_STEP, "markdown");
  editor.change("x", "x = pd.read_csv(1)");
  editor.change("d", "def handler(pd", "markdown");
  assert.equal(await isStarted(), false);
});

test("the server starts for a step that is open already", async () => {
  activateWithoutWorkflow(PLAIN, A_STEP);
  await shown("Pipedream Run", "experimental");
});

test("it starts for a step that is opened later, and for one that somebody types or pastes", async () => {
  activateWithoutWorkflow(PLAIN);
  editor.open(A_STEP);
  await shown("Pipedream Run", "experimental");
  await close();
  for (const [typed, line] of [
    ["d", "def handler(pd"],
    [A_STEP, "def other():"],
  ] as const) {
    editor.channels.clear();
    activateWithoutWorkflow(PLAIN);
    editor.change(typed, line);
    await shown("Pipedream Run", "experimental");
    await close();
  }
});

test("a command starts it where nothing else has, and then does what it is for", async () => {
  activateWithoutWorkflow(PLAIN);
  editor.openFile = folderAt("/w/step.py");
  await editor.commands.get("pdLsp.writeStub")?.();
  await shown("Pipedream Run", "pd.writeStub");
});

test("a changed setting or trust starts no server that nobody needs", async () => {
  activateWithoutWorkflow(PLAIN);
  editor.userSettings = { ...editor.userSettings, "pdLsp.sandbox": true };
  await editor.changeSettings();
  await editor.grantTrust();
  assert.equal(await isStarted(), false);
});

/** What the Python Environments extension answers, and who listens to it. */
class Environments {
  python = "/opt/env/bin/python";
  asked = 0;
  #changed: () => void = () => undefined;
  getEnvironment() {
    this.asked += 1;
    return Promise.resolve({ version: "3.12.4", execInfo: { run: { executable: this.python } } });
  }
  onDidChangeEnvironment(listener: () => void) {
    this.#changed = listener;
    return { dispose: () => undefined };
  }
  select(python: string) {
    this.python = python;
    this.#changed();
  }
}

test("the server is told which Python is selected for a folder where the person wants that, and of each change", async () => {
  const environments = new Environments();
  editor.extensions = { "ms-python.vscode-python-envs": environments };
  editor.userSettings = { "pdLsp.server.command": fakeServer, "pdLsp.step.selectedEnvironment": true };
  editor.folders = [folderAt("/w")];
  activate();
  await shown("Pipedream Run", '"stepPythons":[{"folder":"file:///w","python":"/opt/env/bin/python"}]');
  environments.select("/opt/other/bin/python");
  await shown("Pipedream Run", 'pythons {"pythons":[{"folder":"file:///w","python":"/opt/other/bin/python"}]}');
  editor.userSettings = { ...editor.userSettings, "pdLsp.step.selectedEnvironment": false };
  await editor.changeSettings();
  await shown("Pipedream Run", 'pythons {"pythons":[]}');
});

test("where Python Environments is switched off or fails, the Python extension is asked, and listened to", async () => {
  let python = "/opt/env/bin/python";
  let select: () => void = () => undefined;
  const asked: unknown[] = [];
  const environments = {
    getActiveEnvironmentPath: (scope: unknown) => ({ id: "1", path: String(scope) }),
    resolveEnvironment: (environment: unknown) => {
      asked.push(environment);
      return Promise.resolve({ executable: { uri: { fsPath: python } } });
    },
    onDidChangeActiveEnvironmentPath: (listener: () => void) => {
      select = listener;
      return { dispose: () => undefined };
    },
  };
  editor.extensions = {
    "ms-python.vscode-python-envs": undefined,
    "ms-python.python": { ready: Promise.resolve(), environments },
  };
  editor.userSettings = { "pdLsp.server.command": fakeServer, "pdLsp.step.selectedEnvironment": true };
  editor.folders = [folderAt("/w")];
  activate();
  await shown("Pipedream Run", '"stepPythons":[{"folder":"file:///w","python":"/opt/env/bin/python"}]');
  assert.deepEqual(asked, [{ id: "1", path: "file:///w" }]);
  python = "/opt/other/bin/python";
  select();
  await shown("Pipedream Run", 'pythons {"pythons":[{"folder":"file:///w","python":"/opt/other/bin/python"}]}');
});

test("it is told of none in a restricted window, nor because a folder wants it, and no extension is asked", async () => {
  const environments = new Environments();
  editor.extensions = { "ms-python.vscode-python-envs": environments };
  editor.folderSettings = { "pdLsp.step.selectedEnvironment": true };
  await activateWithServer();
  assert.doesNotMatch(editor.channel("Pipedream Run"), /stepPythons/);
  await close();
  editor.channels.clear();
  Object.assign(editor, { folderSettings: {}, isTrusted: false });
  editor.userSettings = { "pdLsp.server.command": fakeServer, "pdLsp.step.selectedEnvironment": true };
  activate();
  await shown("Pipedream Run", "experimental");
  assert.doesNotMatch(editor.channel("Pipedream Run"), /stepPythons/);
  assert.equal(environments.asked, 0);
});

/** A server inside the extension, and an extension that has selected this machine's own Python. */
function withBundledServer(): Environments {
  mkdirSync(path.join(ours, "server"));
  writeFileSync(path.join(ours, "server", "pd_lsp_server.py"), "raise SystemExit(3)\n");
  const environments = new Environments();
  environments.python = pythonOfMachine();
  editor.extensions = { "ms-python.vscode-python-envs": environments };
  return environments;
}

function pythonOfMachine(): string {
  const ask = "import sys; print(sys.executable)";
  return realpathSync(execFileSync("python3", ["-I", "-c", ask], { encoding: "utf8" }).trim());
}

test("the server inside the extension is started, isolated, with the Python that an extension has selected", async () => {
  const { python } = withBundledServer();
  editor.folders = [folderAt("/w")];
  await activateAlone();
  const script = path.join(ours, "server", "pd_lsp_server.py");
  assert.match(editor.channel("pd-lsp"), new RegExp(`Starting ${python}\\S* -I ${script} serve --stdio`));
});

test("in a restricted window no extension is asked for that Python, nor where a folder's settings choose it", async () => {
  const environments = withBundledServer();
  editor.isTrusted = false;
  await activateAlone();
  assert.match(editor.errors.join(), /No Python was found/);
  await close();
  Object.assign(editor, { isTrusted: true, pythonOfFolder: "/w/evil" });
  editor.errors.length = 0;
  await activateAlone();
  assert.match(editor.errors.join(), /No Python was found/);
  assert.equal(environments.asked, 0);
});

test("what is copied for a report holds versions and states, and nothing of what is set", async () => {
  await activateWithServer();
  editor.userSettings = { ...editor.userSettings, "pdLsp.inlayHints": true };
  await editor.commands.get("pdLsp.copyDebugInformation")?.();
  assert.match(editor.clipboard, /- VS Code: 1\.91\.0 \(code-server\), desktop/);
  assert.match(editor.clipboard, /- pdLsp\.inlayHints: true\n/);
  assert.match(editor.clipboard, /- pdLsp\.server\.command: set\n/);
  assert.ok(!editor.clipboard.includes(process.execPath));
  assert.match(editor.informed.join(), /is in the clipboard/);
});

test("the list of interpreters opens the setting that changes what was chosen", async () => {
  await activateWithServer();
  const opened: unknown[] = [];
  editor.commands.set("workbench.action.openSettings", (setting) => opened.push(setting));
  editor.choice = "Server:";
  await editor.commands.get("pdLsp.showInterpreters")?.();
  assert.deepEqual(opened, ["pdLsp.server.python"]);
});
