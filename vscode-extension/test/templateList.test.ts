import assert from "node:assert/strict";
import { test } from "node:test";

import { parsePlace, templateChoices } from "../src/templateList";

test("each template of each app is a line of the list", () => {
  const apps = [
    { app: "stripe", name: "Stripe", connected: true, templates: ["List customers", "Call the Stripe API"] },
    { app: "acme", name: "Acme", connected: false, templates: ["Call the Acme API"] },
  ];
  assert.deepEqual(templateChoices({ apps }), [
    { label: "Stripe: List customers", description: "stripe, connected", app: "stripe", template: 0 },
    { label: "Stripe: Call the Stripe API", description: "stripe, connected", app: "stripe", template: 1 },
    { label: "Acme: Call the Acme API", description: "acme", app: "acme", template: 0 },
  ]);
});

test("what can't be read is left out", () => {
  for (const value of [null, 1, {}, { apps: 1 }, { apps: [null, { app: 1 }, { app: "a", templates: 1 }] }]) {
    assert.deepEqual(templateChoices(value), []);
  }
  assert.deepEqual(templateChoices({ apps: [{ app: "a", templates: [1, "T"] }] }), [
    { label: "a: T", description: "a", app: "a", template: 1 },
  ]);
});

test("a place is a document and a position", () => {
  const place = { uri: "file:///w/entry.py", position: { line: 1, character: 4 } };
  assert.deepEqual(parsePlace({ ...place, more: 1 }), place);
  for (const value of [null, {}, { uri: "file:///w/entry.py" }, { ...place, position: { line: "1" } }]) {
    assert.equal(parsePlace(value), null);
  }
});
