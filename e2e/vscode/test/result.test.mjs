/** The result of a run as a tree: looked into, opened, copied, compared with the run before, and earlier runs. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { until } from "../src/editor_server.mjs";
import { Window } from "../src/window.mjs";

const FILES = {
  "gives/entry.py": `import os


def handler(pd):
    count = len(os.listdir(os.environ["HOME"] + "/marks"))
    pd.export("numbers", list(range(250)))
    return {"marks": count, "person": {"name": "Ada", "letter": "Dear " * 400}}
`,
  "raises-late/entry.py": `def handler(pd):
    people = {"ada": 1}
    return people["grace"]
`,
};

let window;
before(async () => {
  window = await Window.open("result", { files: FILES });
  window.write("marks/one", "");
  await window.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
});
after(() => window?.close());

test("the result is a tree that the status bar leads to, with pages of what is long", async () => {
  await run("gives");
  await window.page.locator(".statusbar-item", { hasText: "gives: succeeded" }).click();
  await line("outcome").waitFor();
  // Of a long tree, only the lines that are on the screen are there.
  await fold("Accounts");
  await fold("Workflows");
  assert.match(await line("outcome").innerText(), /Succeeded after/);
  await open("numbers");
  await line("1 to 100").waitFor();
  await line("201 to 250").waitFor();
  await open("person");
  await line("letter").waitFor();
  await window.picture("tree");
});

test("a value is opened whole, as a document that can only be read", async () => {
  await line("letter").click();
  await window.page.locator(".tab.active", { hasText: "letter.txt" }).waitFor();
  await window.shows("Dear Dear Dear");
  await window.picture("value");
});

test("a value and its path are copied", async () => {
  await choose("name", "Copy the Value");
  await clipboard("Ada");
  await choose("name", "Copy the Path in pd.steps");
  await clipboard('pd.steps["gives"]["$return_value"]["person"]["name"]');
});

test("the result is compared with that of the run before, as a whole and by line", async () => {
  window.write("marks/two", "");
  await run("gives");
  await line("marks").filter({ hasText: "2" }).waitFor();
  await window.command("Pipedream: Compare the Result with the Run Before");
  await window.page.locator(".tab.active", { hasText: "the run before ↔ this run" }).waitFor();
  const sides = window.page.locator(".monaco-diff-editor .view-line", { hasText: '"marks"' });
  await until(async () => (await sides.count()) >= 2, "no two sides were shown");
  const texts = (await sides.allInnerTexts()).join(" ").replaceAll("\u00a0", " ");
  assert.match(texts, /"marks": 1[\s\S]*"marks": 2/);
  await window.picture("compared");
  await choose("marks", "Compare the Result with the Run Before");
  await window.page.locator(".tab.active", { hasText: "gives marks: the run before" }).waitFor();
});

test("an earlier run is chosen from a list and shown in the same tree", async () => {
  await window.openStep("gives/entry.py");
  await window.command("Pipedream: Show Earlier Runs of the Step");
  const runs = window.page.locator(".quick-input-list .monaco-list-row", { hasText: "succeeded" });
  await until(async () => (await runs.count()) === 2, "no two runs were listed");
  await window.picture("earlier-runs");
  await runs.nth(1).click();
  await window.page.locator(".pane-body .message", { hasText: "An earlier run of gives" }).waitFor();
  await line("marks").filter({ hasText: "1" }).waitFor();
});

test("an error in the tree leads to its line", async () => {
  await run("raises-late");
  await line("error").waitFor();
  assert.match(await line("error").innerText(), /KeyError: 'grace'/);
  await window.openStep("raises-late/entry.py");
  await window.goTo(1);
  await line("error").click();
  await window.page.locator(".statusbar-item", { hasText: /Ln 3/ }).waitFor();
  await window.picture("error");
});

async function run(step) {
  await window.openStep(`${step}/entry.py`);
  await window.lens("Run step");
  await window.answer("Run once");
  await window.page.locator(".statusbar-item", { hasText: new RegExp(`${step}: (succeeded|raised)`) }).waitFor();
  await window.page.locator(".statusbar-item", { hasText: "Stop step" }).waitFor({ state: "hidden" });
}

/** A line of the tree, by its label. */
function line(label) {
  const labels = window.page.locator(".monaco-icon-label-container .label-name", { hasText: exactly(label) });
  return window.page.locator(".pane-body .monaco-list-row").filter({ has: labels });
}

/** Folds one of the views that share the side bar with the result. */
async function fold(view) {
  await window.page.locator(".sidebar .pane-header.expanded", { hasText: view }).click();
}

async function open(label) {
  const row = line(label).first();
  await row.waitFor();
  if ((await row.getAttribute("aria-expanded")) === "false") {
    await row.click();
  }
}

/** Chooses a command of the menu that a line opens, which takes no click in its first moment. */
async function choose(label, command) {
  await line(label).first().click({ button: "right" });
  const item = window.page.locator(".monaco-menu .action-label", { hasText: exactly(command) }).first();
  await item.waitFor();
  await until(async () => {
    await item.click({ timeout: 1000 }).catch(() => undefined);
    return !(await item.isVisible());
  }, `the menu did not take “${command}”`);
}

async function clipboard(text) {
  const read = () => window.page.evaluate(() => globalThis.navigator.clipboard.readText());
  await until(async () => (await read()) === text, `the clipboard did not get ${text}`);
}

function exactly(text) {
  return new RegExp(`^${text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
}
