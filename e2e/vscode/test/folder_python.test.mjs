/** A folder that brings a program called Python, which is selected in VS Code: nothing starts it before the person agrees. */
import assert from "node:assert/strict";
import { chmodSync, existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";

import { packEnvironmentsStandIn } from "../src/environments_stand_in.mjs";
import { Window } from "../src/window.mjs";

let window;
before(async () => {
  window = await Window.open("folder-python", {
    machine: { "pdLsp.sandbox": true, "pdLsp.step.selectedEnvironment": true },
    files: {
      "alone/entry.py": 'def handler(pd: "pipedream"):\n    return 1\n',
      ".venv/bin/python": '#!/bin/sh\ntouch "$HOME/it-was-started"\n',
    },
    extensions: [packEnvironmentsStandIn()],
    prepare: (folder, home) => {
      const python = path.join(folder, ".venv", "bin", "python");
      chmodSync(python, 0o755);
      writeFileSync(path.join(home, "selected-pythons.json"), JSON.stringify({ window: python, folder: python }));
    },
  });
});
after(() => window?.close());

function wasStarted() {
  return existsSync(path.join(window.home, "it-was-started"));
}

test("the server runs in another Python, also in a trusted window", async () => {
  await window.openStep("alone/entry.py");
  await window.command("Pipedream: Show Interpreters");
  await window.page.locator(".quick-input-list .monaco-list-row", { hasText: "Python found on PATH" }).waitFor();
  await window.page.keyboard.press("Escape");
  assert.equal(wasStarted(), false);
});

test("the question before a run says that the step’s Python lies in the folder, and a no starts nothing", async () => {
  await window.lens("Run step");
  const asked = await window.dialog("Run handler in");
  assert.match(asked, /\.venv\/bin\/python\.[^]*That Python lies in the folder itself/);
  await window.picture("question");
  await window.answer("Don’t Run");
  await window.page.locator(".monaco-dialog-box").waitFor({ state: "hidden" });
  assert.equal(wasStarted(), false);
});
