/** The side view in the sandbox: apps and accounts with their state, choosing one, workflows with their last results. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { SideView } from "../src/side_view.mjs";
import { Window } from "../src/window.mjs";

const RAISES = `def handler(pd):
    return {}["nothing"]
`;

let window;
let side;
before(async () => {
  // High enough for all lines: of a tree, only those on the screen are there.
  window = await Window.open("accounts", {
    height: 1100,
    files: { "new-sign-up-p_V9Ch2Lk/old_toot/entry.py": RAISES },
  });
  side = new SideView(window);
});
after(() => window?.close());

test("the side view has the accounts with their state in words, and the status item says that it is the sandbox", async () => {
  await side.open();
  await side.line("Bases (revoked)", "dead");
  await side.line("Linear", "token could not be renewed");
  await side.status("Sandbox");
  await window.picture("accounts");
});

test("what a line says is what a screen reader says", async () => {
  const line = await side.line("GitHub", "2 accounts");
  assert.equal(await line.getAttribute("aria-label"), "GitHub: 2 accounts");
});

test("one of several accounts is chosen for the project, and says so", async () => {
  await side.call(await side.line("octo-home"), "Use This Account in This Project");
  await side.line("octo-home", "chosen here");
  await window.picture("chosen");
});

test("a step is opened by its line, run from it, and shows how its run ended", async () => {
  const line = await side.line("parse_body", "not run here yet");
  await line.click();
  await window.page.locator(".breadcrumbs-control", { hasText: "parse_body" }).first().waitFor();
  await side.call(line, "Run This Step");
  await window.answer("Run once");
  await side.line("parse_body", "succeeded, just now");
  await side.call(await side.line("old_toot"), "Run This Step");
  await window.answer("Run once");
  await side.line("old_toot", "raised an error");
  await window.picture("last-results");
});

test("every line, button and item of ours has a name for who can't see its icon", async () => {
  const names = await window.page.evaluate(() => {
    const ours = [
      ".sidebar .pane-body .monaco-list-row",
      ".sidebar .pane-header, .sidebar .pane-header .action-label",
      ".editor-actions .action-label",
      ".statusbar-item[id^='pd-lsp'] a, .statusbar-item[id*='pdLsp'] a",
      ".activitybar .action-label[aria-label^='Pipedream']",
    ];
    return ours.map((selector) =>
      [...document.querySelectorAll(selector)].map((one) => one.getAttribute("aria-label")),
    );
  });
  assert.ok(
    names.every((found) => found.length > 0),
    `what of ours is there: ${names.map((found) => found.length)}`,
  );
  assert.deepEqual(
    names.flat().filter((name) => !name?.trim()),
    [],
  );
});

test("a template of an app is offered from its line", async () => {
  await (await side.line("parse_body")).click();
  await window.page.locator(".breadcrumbs-control", { hasText: "parse_body" }).first().waitFor();
  const offered = window.page.locator(".quick-input-list .monaco-list-row", { hasText: "Discord Bot:" });
  await side.call(await side.line("Discord Bot"), "Insert a Template of This App", offered);
  await window.picture("templates-of-app");
  await window.page.keyboard.press("Escape");
});

test("the status item lists what one can do", async () => {
  await (await side.status("Sandbox")).click();
  const rows = window.page.locator(".quick-input-list .monaco-list-row");
  await rows.filter({ hasText: "Refresh accounts" }).waitFor();
  await window.picture("status");
  await rows.filter({ hasText: "First steps" }).click();
  await firstStep("Sign in").waitFor();
  await window.picture("first-steps");
});

test("of the first steps those are ticked off that are done", async () => {
  await isDone("Run the step", false);
  await (await side.line("old_toot")).click();
  await window.lens("Run step");
  await window.answer("Run once");
  await window.output("Raised after");
  await window.goTo(2, 100);
  await window.type('\npd.inputs["');
  await window.suggestions("slack");
  await window.page.keyboard.press("Escape");
  await window.command("Pipedream: First Steps");
  await isDone("Run the step", true);
  await isDone("Complete a key", true);
  await isDone("Insert a template", false);
  await window.picture("first-steps-done");
});

/** One of the first steps, by its title. */
function firstStep(title) {
  return window.page.locator(".gettingStartedContainer .getting-started-step", { hasText: title }).first();
}

/** Waits until a first step is ticked off, or is not. */
async function isDone(title, wanted) {
  await firstStep(title).locator(`[role=checkbox][aria-checked=${wanted}]`).waitFor();
}
