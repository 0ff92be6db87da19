/** The side view of the bundle as it is shipped, with a stub for the editor and a fake server. */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before, test } from "node:test";

import { folderAt, StubEditor } from "./stubEditor";

interface Extension {
  activate(context: object): void;
  deactivate(): Promise<void>;
}

const editor = new StubEditor();
editor.install();
const subscriptions: { dispose(): unknown }[] = [];
const extension = createRequire(path.resolve("out/"))(path.resolve("out/extension.js")) as Extension;

before(() => {
  editor.userSettings = { "pdLsp.server.command": [process.execPath, path.resolve("out/test/fakeServer.cjs")] };
  editor.folders = [folderAt("/w")];
  editor.hasWorkflow = false;
  const nothing = () => undefined;
  extension.activate({
    subscriptions,
    extensionPath: process.cwd(),
    extension: { packageJSON: {} },
    environmentVariableCollection: { clear: nothing, append: nothing, replace: nothing },
  });
});
after(async () => {
  await extension.deactivate();
  subscriptions.forEach((one) => void one.dispose());
});

/** What a tree shows below a row, as lines of text. */
function lines(view: string, row?: unknown): string[] {
  return rows(view, row).map(({ label, description }) => `${label}: ${description}`);
}

function rows(view: string, row?: unknown) {
  return editor.trees.get(`pdLsp.${view}`)?.getChildren(row) ?? [];
}

/** The line of a tree whose text begins so. */
function lineOf(view: string, label: string): unknown {
  const all = rows(view).flatMap((row) => [row, ...rows(view, row)]);
  return all.find((row) => row.label === label);
}

async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!condition()) {
    assert.ok(Date.now() < deadline, `not seen: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function call(id: string, row?: unknown): unknown {
  const command = editor.commands.get(`pdLsp.${id}`);
  assert.ok(command, id);
  return command(row);
}

test("the side view wakes the server when somebody looks at it, and not before", () => {
  assert.equal(editor.channel("pd-lsp"), "");
  assert.equal(editor.statusItems.get("pdLsp.status")?.["text"], undefined);
  editor.openSideView();
});

test("once the server runs, apps and accounts are there, and how each step ran the last time", async () => {
  await until(() => lines("accounts").length > 0 && lines("workflows").length > 0, "rows");
  assert.deepEqual(lines("accounts"), ["GitHub: 2 accounts"]);
  assert.deepEqual(lines("accounts", rows("accounts")[0]), ["work: chosen here", "home: "]);
  assert.deepEqual(lines("workflows"), ["Sign-ups: 1 step"]);
  assert.deepEqual(lines("workflows", rows("workflows")[0]), ["post: succeeded, just now"]);
});

test("no welcome text is shown then, and the status item says PRODUCTION", () => {
  assert.equal(editor.contextKeys.get("pdLsp.accounts.welcome"), "");
  assert.equal(editor.statusItems.get("pdLsp.status")?.["text"], "$(warning) proj_a · PRODUCTION");
  assert.ok(editor.statusItems.get("pdLsp.status")?.["backgroundColor"]);
});

test("choosing an account tells the server, and what it answers then is shown", async () => {
  await call("useAccount", lineOf("accounts", "home"));
  await until(() => lines("accounts", rows("accounts")[0]).includes("home: chosen here"), "the choice");
  assert.match(
    editor.channel("Pipedream Run"),
    /pd\.useAccount \[\{"uri":"file:\/\/\/w","app":"github","account":"apn_2"\}\]/,
  );
});

test("connecting again opens a terminal for that app, without a question", async () => {
  await call("reconnectAccount", lineOf("accounts", "home"));
  assert.deepEqual(editor.asked, []);
  assert.deepEqual((editor.terminals.at(-1)?.["shellArgs"] as string[]).slice(1), [
    ...["--stay", "accounts", "connect", "github", "--folder", "/w"],
  ]);
});

test("an app’s slug is copied", async () => {
  await call("copyAppSlug", lineOf("accounts", "GitHub"));
  assert.equal(editor.clipboard, "github");
});

test("a step of the list is run after the server’s question", async () => {
  editor.button = "Run once";
  await call("runListedStep", lineOf("workflows", "post"));
  assert.match(editor.channel("Pipedream Run"), /post\/entry\.py {2}handler\n✓ Succeeded/);
});

test("a command that is called on nothing does nothing", async () => {
  const before = [editor.terminals.length, editor.channel("Pipedream Run")];
  for (const id of ["useAccount", "openAppPage", "copyAppSlug", "insertAppTemplate", "runListedStep"]) {
    await call(id);
    await call(id, { subject: { kind: "app" } });
  }
  assert.deepEqual([editor.terminals.length, editor.channel("Pipedream Run")], before);
});

test("in a window that is not trusted the server is asked nothing, and the welcome text says why", async () => {
  editor.isTrusted = false;
  await call("refreshWorkflows");
  await until(() => lines("accounts").length === 0 && lines("workflows").length === 0, "no rows");
  assert.equal(editor.contextKeys.get("pdLsp.accounts.welcome"), "untrusted");
});
