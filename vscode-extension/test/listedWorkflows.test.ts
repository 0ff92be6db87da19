import assert from "node:assert/strict";
import { test } from "node:test";

import { parseWorkflows } from "../src/listedWorkflows";

test("an answer is read as it is", () => {
  const last = { outcome: "raised", at: "2026-05-04T11:57:30Z", number: 1 };
  const step = { uri: "file:///w/post/entry.py", name: "post", handler: "handler", last };
  const workflow = { uri: "file:///w/workflow.yaml", name: "Sign-ups", problem: null, steps: [step] };
  assert.deepEqual(parseWorkflows({ workflows: [workflow] }), [workflow]);
});

test("of an answer, what can't be read is left out", () => {
  assert.equal(parseWorkflows(null), null);
  assert.equal(parseWorkflows({ workflows: {} }), null);
  const steps = [{ uri: "file:///w/a.py" }, { uri: "file:///w/b.py", name: "b", handler: 1, last: { outcome: "x" } }];
  assert.deepEqual(parseWorkflows({ workflows: [null, { uri: "file:///w" }, { uri: "file:///w", steps }] }), [
    {
      uri: "file:///w",
      name: "file:///w",
      problem: null,
      steps: [{ uri: "file:///w/b.py", name: "b", handler: null, last: null }],
    },
  ]);
});
