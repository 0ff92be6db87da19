import assert from "node:assert/strict";
import { test } from "node:test";

import { stepAt, type Lens } from "../src/lenses";

function lens(line: number, handler: string, command = "pd.runStep"): Lens {
  return { range: { start: { line } }, command: { command, arguments: [{ uri: "file:///w/entry.py", handler }] } };
}

test("the only step is meant wherever the cursor stands", () => {
  assert.equal(stepAt([lens(10, "handler")], 0)?.handler, "handler");
});

test("of two steps the one above the cursor is meant", () => {
  const lenses = [lens(20, "second"), lens(3, "first")];
  assert.equal(stepAt(lenses, 10)?.handler, "first");
  assert.equal(stepAt(lenses, 20)?.handler, "second");
});

test("lenses of other kinds and lenses without arguments are no steps", () => {
  const bare: Lens = { range: { start: { line: 1 } }, command: { command: "pd.runStep" } };
  assert.equal(stepAt([lens(1, "x", "other.command"), bare, { range: { start: { line: 2 } } }], 5), undefined);
});
