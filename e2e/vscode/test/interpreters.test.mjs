/** Which Python runs the server, and which one steps: with a stand-in for the Python Environments extension. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";

import { packEnvironmentsStandIn } from "../src/environments_stand_in.mjs";
import { SERVER_PYTHON } from "../src/places.mjs";
import { Window } from "../src/window.mjs";

const STEP = `import sys


def handler(pd: "pipedream"):
    return sys.prefix
`;

let window;
before(async () => {
  window = await Window.open("interpreters", {
    machine: { "pdLsp.sandbox": true, "pdLsp.step.selectedEnvironment": true },
    files: { "prefix/entry.py": STEP },
    extensions: [packEnvironmentsStandIn()],
    prepare: (_folder, home) => {
      for (const name of ["general", "steps", "others"]) {
        execFileSync(SERVER_PYTHON, ["-m", "venv", "--without-pip", path.join(home, "envs", name)]);
      }
      select(home, "steps");
    },
  });
});
after(() => window?.close());

/** Selects an environment for the folder, as a person does in the list of Python Environments. */
function select(home, name) {
  const pythonOf = (one) => path.join(home, "envs", one, "bin", "python");
  const selected = { window: pythonOf("general"), folder: pythonOf(name) };
  writeFileSync(path.join(home, "selected-pythons.json"), JSON.stringify(selected));
}

/** Calls for the list of interpreters; the line that begins with `beginning`. */
async function listed(beginning) {
  await window.command("Pipedream: Show Interpreters");
  const row = window.page.locator(".quick-input-list .monaco-list-row", { hasText: beginning });
  await row.waitFor();
  return (await row.innerText()).replaceAll("\u00a0", " ");
}

async function closeList() {
  await window.page.keyboard.press("Escape");
  await window.page.locator(".quick-input-widget").waitFor({ state: "hidden" });
}

test("the server inside the extension runs in the Python that is selected for the window, as a list shows", async () => {
  await window.openStep("prefix/entry.py");
  const server = await listed("Server: Python 3.");
  await window.picture("list");
  assert.match(server, /~\/envs\/general\/bin\/python/);
  assert.match(server, /Inside the extension, Python found by the Python Environments extension/);
  await closeList();
  assert.match(await listed("Selected in VS Code for team-tools"), /~\/envs\/steps\/bin\/python/);
  await closeList();
});

test("a step runs in the Python that is selected for its folder, and the question before it names that", async () => {
  assert.match(await listed("Step prefix: Python 3."), /~\/envs\/steps\/bin\/python[^]*Selected in VS Code/);
  await closeList();
  await window.lens("Run step");
  const python = path.join(window.home, "envs", "steps", "bin", "python");
  assert.ok((await window.dialog("Run handler in")).includes(`Python: ${python}.`));
  await window.picture("question");
  await window.answer("Run once");
  await window.output(path.join(window.home, "envs", "steps"));
});

test("another one that is selected counts from the next run on", async () => {
  select(window.home, "others");
  while (!(await listed("Step prefix: Python 3.")).includes("~/envs/others/bin/python")) {
    await closeList();
  }
  await closeList();
  await window.lens("Run step");
  const python = path.join(window.home, "envs", "others", "bin", "python");
  assert.ok((await window.dialog("Run handler in")).includes(`Python: ${python}.`));
  await window.answer("Don’t Run");
});

test("the debug information says where the server’s comes from, and no whole path of the person’s home", async () => {
  await window.command("Pipedream: Copy Debug Information");
  await window.page.locator(".notification-toast .monaco-button", { hasText: "Show It" }).click();
  await window.shows("### pd-lsp");
  await window.shows("- Server from: inside the extension, Python found by the Python Environments extension");
  await window.shows("~/envs/general/bin/python");
  await window.shows("- pdLsp.step.selectedEnvironment: true");
  await window.picture("debug-information");
  const shown = await window.page.locator(".editor-instance .view-lines").first().innerText();
  assert.ok(!shown.includes(window.home), shown);
});
