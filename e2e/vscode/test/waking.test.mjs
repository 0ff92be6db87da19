/** A window with Python files that are no steps: the extension is there, and no server, until a step appears. */
import assert from "node:assert/strict";
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";

import { Window } from "../src/window.mjs";

let window;
before(async () => {
  const withoutWorkflow = (folder) => {
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    writeFileSync(path.join(folder, "plain.py"), "print(1)\n");
  };
  window = await Window.open("waking", { prepare: withoutWorkflow });
});
after(() => window?.close());

/** Whether the log of the extension says that it has started a server. */
function serverStarted() {
  const logs = globSync(path.join(window.home, "data", "logs", "**", "pd-lsp.log"));
  return logs.some((log) => readFileSync(log, "utf8").includes("Starting "));
}

test("a Python file that is no step loads the extension and starts no server", async () => {
  await window.page.locator(".explorer-folders-view .monaco-list-row", { hasText: "plain.py" }).dblclick();
  await window.shows("print(1)");
  await window.command("Developer: Show Running Extensions");
  const row = window.page.locator(".runtime-extensions-editor .extension", { hasText: "Pipedream Steps" });
  await row.locator(".activation-time", { hasText: "ms" }).waitFor();
  console.log(`activation: ${(await row.locator(".activation-time").innerText()).trim()}`);
  await window.picture("running-extensions");
  assert.equal(serverStarted(), false);
  await window.page.locator(".monaco-modal-editor-block .codicon-close").first().click();
});

test("a handler that is typed into it starts the server, and the step can be run", async () => {
  await window.page.locator(".explorer-folders-view .monaco-list-row", { hasText: "plain.py" }).dblclick();
  await window.goTo(2);
  await window.type("\ndef handler(pd):\nreturn 42\n");
  await window.page.locator(".codelens-decoration a", { hasText: "Run step" }).first().waitFor();
  await window.picture("step");
  assert.equal(serverStarted(), true);
});
