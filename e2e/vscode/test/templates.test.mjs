/** Templates of apps, inserted by the light bulb and from the list of all apps. */
import { after, before, test } from "node:test";

import { Window } from "../src/window.mjs";

const EMPTY_HANDLER = "def handler(pd):\n    pass\n";

let window;
before(async () => {
  window = await Window.open("templates", {
    files: { "first-new/entry.py": EMPTY_HANDLER, "second-new/entry.py": EMPTY_HANDLER },
  });
});
after(() => window?.close());

test("the light bulb inserts a template of a connected app", async () => {
  await window.openStep("first-new/entry.py");
  await window.goTo(2, 5);
  await window.quickFix("Insert Slack:");
  await window.shows('["$auth"]["oauth_access_token"]');
});

test("the light bulb leads to a list of all apps, which is searched as one types", async () => {
  await window.openStep("second-new/entry.py");
  await window.goTo(2, 5);
  await window.quickFix("Insert template for another app…");
  const input = window.page.locator(".quick-input-widget input.input");
  await input.waitFor();
  await window.type("stripe");
  const found = window.page.locator(".quick-input-list .monaco-list-row", { hasText: "Stripe:" });
  await found.first().waitFor();
  await window.picture("another-app");
  await found.first().click();
  await window.shows('pd.inputs["stripe"]["$auth"]["api_key"]');
});
