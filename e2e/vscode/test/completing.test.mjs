/** Completion, as it comes up while somebody types, with VS Code's own settings. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Window } from "../src/window.mjs";

const KEYS = ["oauth_access_token", "oauth_uid"];

let window;
before(async () => {
  window = await Window.open("completing");
  await window.openStep("post_message/entry.py");
});
after(() => window?.close());

test("typing a key in plain code suggests what the account has, and takes the one that is clicked", async () => {
  await window.goTo(6, 100);
  await window.type('\nkey = pd.inputs["slack"]["$auth"]["');
  const labels = await window.suggestions("oauth_access_token");
  await window.picture("plain-code");
  assert.deepEqual(
    KEYS.filter((key) => !labels.includes(key)),
    [],
  );
  await window.accept("oauth_uid");
  await window.shows('key = pd.inputs["slack"]["$auth"]["oauth_uid"]');
});

test("typing a key in an f-string suggests what the account has, and takes the one that is clicked", async () => {
  await window.goTo(7, 100);
  await window.type("\nheader = f\"Bearer {pd.inputs['slack']['$auth']['");
  const labels = await window.suggestions("oauth_access_token");
  await window.picture("f-string");
  assert.deepEqual(
    KEYS.filter((key) => !labels.includes(key)),
    [],
  );
  // The letters alone bring the list up again, which VS Code does not do in strings unless the extension asks for it.
  await window.page.keyboard.press("Escape");
  await window.suggestionsAreGone();
  await window.type("oauth_a");
  await window.suggestions("oauth_access_token");
  await window.accept("oauth_access_token");
  await window.shows("header = f\"Bearer {pd.inputs['slack']['$auth']['oauth_access_token']");
});

test("a name of the workflow comes up where a step is asked for", async () => {
  await window.goTo(8, 100);
  await window.type('\nearlier = pd.steps["');
  assert.ok((await window.suggestions("parse_body")).includes("welcome_text"));
});
