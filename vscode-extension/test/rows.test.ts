import assert from "node:assert/strict";
import { test } from "node:test";

import { subjectOf } from "../src/rows";

test("what a line stands for is read from it", () => {
  for (const subject of [
    { kind: "app", app: "slack" },
    { kind: "account", app: "slack", account: "apn_1" },
    { kind: "workflow", uri: "file:///w" },
    { kind: "step", uri: "file:///w/a.py", handler: null },
    { kind: "step", uri: "file:///w/a.py", handler: "handler" },
  ]) {
    assert.deepEqual(subjectOf({ label: "x", subject }), subject);
  }
});

test("a command that anybody calls with anything gets nothing of it", () => {
  for (const row of [undefined, null, "slack", {}, { subject: "app" }, { subject: { kind: "app" } }]) {
    assert.equal(subjectOf(row), null, JSON.stringify(row));
  }
  assert.equal(subjectOf({ subject: { kind: "account", app: "slack", account: 3 } }), null);
  assert.equal(subjectOf({ subject: { kind: "other", app: "slack", uri: "x" } }), null);
});
