/** Debugging a step through VS Code's own debugger: breakpoint, variables, going on, result. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Window } from "../src/window.mjs";

let window;
before(async () => {
  window = await Window.open("debugging");
});
after(() => window?.close());

test("a step stops at a breakpoint in its handler, shows its variables, goes on and gives its result", async () => {
  await window.openStep("welcome_text/entry.py");
  await window.goTo(18);
  await window.press("F9", window.page.locator(".codicon-debug-breakpoint"));
  await window.lens("Debug step");
  await window.dialog("Debug steps?");
  await window.answer("Debug");
  assert.match(await window.dialog("with live credentials?"), /debugger[\s\S]*openai|openai[\s\S]*debugger/i);
  await window.answer("Run once");

  await window.page.locator(".debug-toolbar").waitFor();
  await window.page.locator(".debug-top-stack-frame-line, .codicon-debug-stackframe").first().waitFor();
  await window.page.locator(".debug-variables .monaco-list-row", { hasText: "Locals" }).first().click();
  const variables = window.page.locator(".debug-variables .monaco-list-row");
  await variables.filter({ hasText: "person" }).first().waitFor();
  await window.picture("breakpoint");
  const shown = (await variables.allInnerTexts()).join("\n");
  assert.match(shown, /person[\s\S]*Ada Lovelace/);

  await window.page.keyboard.press("F5");
  await window.page.locator(".debug-toolbar").waitFor({ state: "hidden" });
  await window.output("Succeeded after");
  await window.output("exports words =");
});
