import assert from "node:assert/strict";
import { test } from "node:test";

import { parseWorkflows, type LastRun } from "../src/listedWorkflows";
import { ago, workflowRows } from "../src/workflowRows";

const NOW = Date.parse("2026-05-04T12:00:00Z");

function stepRow(last: LastRun | null, handler: string | null = "handler") {
  const step = { uri: "file:///w/post/entry.py", name: "post", handler, last };
  const [row] =
    workflowRows([{ uri: "file:///w", name: "Sign-ups", problem: null, steps: [step] }], NOW)[0]?.children ?? [];
  assert.ok(row);
  return row;
}

test("a step says how it ended the last time and when, in words", () => {
  const row = stepRow({ outcome: "raised", at: "2026-05-04T11:57:30Z", number: 1 });
  assert.equal(row.description, "raised an error, 2 minutes ago");
  assert.equal(row.spoken, "Step post of Sign-ups, raised an error, 2 minutes ago");
  assert.match(row.tooltip, /Last run here: raised an error, .*2026/);
});

test("every outcome has words and an icon of its own; one that is new stands as it came", () => {
  const outcomes = ["succeeded", "raised", "cancelled", "timed out", "crashed", "not started", "frozen"];
  const rows = outcomes.map((outcome) => stepRow({ outcome, at: "2026-05-04T12:00:00Z", number: null }));
  assert.equal(new Set(rows.map((row) => row.icon)).size, outcomes.length);
  assert.equal(new Set(rows.map((row) => row.description)).size, outcomes.length);
  assert.equal(rows.at(-1)?.description, "frozen, just now");
});

test("a step that never ran says so, and one that is not Python can’t be run here", () => {
  assert.equal(stepRow(null).description, "not run here yet");
  assert.deepEqual(stepRow(null).offers, ["step", "run"]);
  assert.equal(stepRow(null, null).description, "does not run here");
  assert.deepEqual(stepRow(null, null).offers, ["step"]);
});

test("a workflow whose file can’t be read says so, and why", () => {
  const [row] = workflowRows([{ uri: "file:///w", name: "W", problem: "Line 3 is no YAML.", steps: [] }], NOW);
  assert.deepEqual([row?.description, row?.icon], ["can’t be read", "warning"]);
  assert.match(row?.tooltip ?? "", /Line 3 is no YAML\./);
});

test("how long ago a time was", () => {
  const seconds = (count: number) => ago(new Date(NOW - count * 1000).toISOString(), NOW);
  assert.deepEqual([0, 59, 60, 3599, 3600, 86_399, 86_400, 200_000].map(seconds), [
    ...["just now", "just now", "1 minute ago", "59 minutes ago"],
    ...["1 hour ago", "23 hours ago", "1 day ago", "2 days ago"],
  ]);
  assert.equal(ago("yesterday", NOW), "");
  assert.equal(ago(new Date(NOW + 5000).toISOString(), NOW), "just now");
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
