/** Which Python runs the server, and which one steps: with a stand-in for the Python Environments extension. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";

import { packEnvironmentsStandIn } from "../src/environments_stand_in.mjs";
import { SERVER_PYTHON, STEP_PYTHON } from "../src/places.mjs";
import { Window } from "../src/window.mjs";

const STEP = `import sys


def handler(pd: "pipedream"):
    return sys.prefix
`;
const SELECTED = "selected-pythons.json";

let window;
before(async () => {
  window = await Window.open("interpreters", {
    machine: { "pdLsp.sandbox": true, "pdLsp.step.selectedEnvironment": true },
    files: { "prefix/entry.py": STEP },
    extensions: [packEnvironmentsStandIn()],
    prepare: (_folder, home) => {
      writeFileSync(path.join(home, SELECTED), JSON.stringify({ window: SERVER_PYTHON, folder: STEP_PYTHON }));
    },
  });
});
after(() => window?.close());

/** The environment that a Python belongs to. */
function environmentOf(python) {
  return path.dirname(path.dirname(python));
}

test("the server inside the extension runs in the Python that is selected for the window, as a list shows", async () => {
  await window.openStep("prefix/entry.py");
  await window.command("Pipedream: Show Interpreters");
  const rows = window.page.locator(".quick-input-list .monaco-list-row");
  await rows.filter({ hasText: "Server: Python 3." }).waitFor();
  const shown = (await rows.allInnerTexts()).join("\n").replaceAll("\u00a0", " ");
  await window.picture("list");
  assert.match(shown, /Server: Python 3[^]*Python found by the Python Environments extension/);
  assert.ok(shown.includes(SERVER_PYTHON), shown);
  assert.match(shown, /Step prefix: Python 3[^]*Selected in VS Code for its folder/);
  assert.match(shown, /Selected in VS Code for team-tools: Python 3[^]*Steps of this folder run in it/);
  await window.page.keyboard.press("Escape");
});

test("a step runs in the Python that is selected for its folder, and in another one once that is selected", async () => {
  await window.openStep("prefix/entry.py");
  await window.lens("Run step");
  assert.ok((await window.dialog("Run handler in")).includes(`Python: ${STEP_PYTHON}.`));
  await window.picture("question");
  await window.answer("Run once");
  await window.output(environmentOf(STEP_PYTHON));

  window.write(SELECTED, JSON.stringify({ window: SERVER_PYTHON, folder: SERVER_PYTHON }));
  await window.command("Pipedream: Show Interpreters");
  const row = window.page.locator(".quick-input-list .monaco-list-row", { hasText: "Step prefix" });
  while (!(await row.innerText()).includes(SERVER_PYTHON)) {
    await window.page.keyboard.press("Escape");
    await row.waitFor({ state: "hidden" });
    await window.command("Pipedream: Show Interpreters");
    await row.waitFor();
  }
  await window.page.keyboard.press("Escape");
  await window.lens("Run step");
  assert.ok((await window.dialog("Run handler in")).includes(`Python: ${SERVER_PYTHON}.`));
  await window.answer("Don’t Run");
});

test("the debug information says where both come from, without the person’s name or a value", async () => {
  await window.command("Pipedream: Copy Debug Information");
  await window.page.locator(".notification-toast .monaco-button", { hasText: "Show It" }).click();
  await window.shows("### pd-lsp");
  await window.shows("- Server from: inside the extension, Python found by the Python Environments extension");
  await window.shows("- pdLsp.step.selectedEnvironment: true");
  await window.shows("- Python of the open step: 3.");
  await window.picture("debug-information");
});
