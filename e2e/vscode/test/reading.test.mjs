/** What a step shows to somebody who reads it: explanations, and what is wrong, with its repair. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Window } from "../src/window.mjs";

const MISTYPED = `def handler(pd):
    return len(pd.inputs["openai"]["$auth"]["api_kee"])
`;

let window;
before(async () => {
  window = await Window.open("reading", { files: { "new-sign-up-p_V9Ch2Lk/welcome_text/entry.py": MISTYPED } });
});
after(() => window?.close());

test("hovering over a key says what it is, and shows no value", async () => {
  await window.openStep("post_message/entry.py");
  await window.goTo(6, 45);
  const hover = window.page.locator(".monaco-hover", { hasText: "slack" });
  await window.press("Control+k Control+i", hover);
  await window.picture("hover");
  assert.match(await hover.first().innerText(), /oauth_access_token/);
});

test("a key that the account does not have is underlined, and the quick fix mends it", async () => {
  await window.openStep("welcome_text/entry.py");
  const underlined = window.page.locator(".squiggly-warning, .squiggly-error");
  await underlined.first().waitFor();
  await window.goTo(2, 47);
  await window.quickFix("api_key");
  await window.shows('["api_key"]');
  await underlined.first().waitFor({ state: "detached" });
});
