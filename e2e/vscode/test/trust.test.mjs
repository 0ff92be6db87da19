/** A window that is not trusted: nothing of the folder runs, until the person trusts it. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";

import { Window } from "../src/window.mjs";

const LEAVES_A_FILE = `import os


def handler(pd):
    with open(os.environ["HOME"] + "/it-ran", "w") as file:
        file.write("yes")
    return "it ran"
`;

let window;
before(async () => {
  const settings = { "security.workspace.trust.enabled": true, "security.workspace.trust.startupPrompt": "never" };
  window = await Window.open("trust", { files: { "leaves/entry.py": LEAVES_A_FILE }, settings });
});
after(() => window?.close());

test("in a restricted window a step is refused without a question, and runs once the window is trusted", async () => {
  await window.openStep("leaves/entry.py");
  await window.lens("Run step");
  await window.output("team-tools is not trusted, so nothing in it runs: trust the folder in the editor");
  await window.output("Not run.");
  await window.picture("refused");
  assert.equal(await window.page.locator(".monaco-dialog-box").count(), 0);
  assert.equal(existsSync(path.join(window.home, "it-ran")), false);

  await window.trust();
  await window.lens("Run step");
  await window.answer("Run once");
  await window.output('returned "it ran"');
  assert.equal(existsSync(path.join(window.home, "it-ran")), true);
});
