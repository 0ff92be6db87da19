/** The extension as it comes: no setting, no pd-lsp installed, no more than a `python3` on PATH. */
import { after, before, test } from "node:test";

import { Window } from "../src/window.mjs";

const STEP = `import sys

def handler(pd: "pipedream"):
    print("the step is run by", sys.executable)
    return {"answer": 6 * 7}
`;

let window;
before(async () => {
  window = await Window.open("unconfigured", {
    machine: {},
    settings: { "terminal.integrated.gpuAcceleration": "off" },
    files: { "new-sign-up-p_V9Ch2Lk/post_message/plain/entry.py": STEP },
  });
});
after(() => window?.close());

test("completion knows the steps of the workflow", async () => {
  await window.openStep("post_message/entry.py");
  await window.goTo(8, 100);
  await window.type('\nearlier = pd.steps["');
  await window.suggestions("welcome_text");
  await window.picture("completion");
});

test("a step runs to its result", async () => {
  await window.openStep("plain/entry.py");
  await window.lens("Run step");
  await window.answer("Run Once");
  await window.output("the step is run by /");
  await window.output("answer");
  await window.output("42");
  await window.picture("run");
});

test("a terminal knows the command that so many sentences name", async () => {
  await window.command("Terminal: Create New Terminal");
  await window.page.locator(".terminal-wrapper.active .xterm-rows").waitFor();
  await window.type("pd-lsp --version\n");
  await window.page.locator(".terminal-wrapper.active .xterm-rows", { hasText: /pd-lsp \d+\.\d+\.\d+/ }).waitFor();
  await window.picture("terminal");
});
