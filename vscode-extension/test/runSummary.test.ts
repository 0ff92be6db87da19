import assert from "node:assert/strict";
import { test } from "node:test";
import { stripVTControlCharacters } from "node:util";

import { parseStepResult, type StepResult } from "../src/protocol";
import { heading, sentence, shortName, summary } from "../src/runSummary";

function parsed(result: Record<string, unknown>): StepResult {
  const read = parseStepResult({ outcome: "succeeded", ...result });
  assert.ok(read);
  return read;
}

function lines(result: Record<string, unknown>): string[] {
  return summary(parsed(result)).map(stripVTControlCharacters);
}

test("the heading names the step by its folder, its file and its handler", () => {
  const line = heading({ uri: "file:///home/me/wf/get%20album/entry.py", handler: "handler" }, "14:03:21");
  assert.equal(stripVTControlCharacters(line), "── 14:03:21  get album/entry.py  handler");
});

test("the heading names the event that the step runs with", () => {
  const run = { uri: "file:///w/a/entry.py", handler: "handler", event: "/w/events/order.json" };
  assert.match(heading(run, "0"), /with order\.json/);
});

test("a step is called as its folder, and a file of another name as that", () => {
  assert.equal(shortName("file:///w/get%20album/entry.py"), "get album");
  assert.equal(shortName("file:///w/steps/lone.py"), "lone.py");
});

test("a success shows exports, return value and response", () => {
  const result = {
    duration: 1.234,
    exports: { ts: "17", list: [1] },
    returned: { ok: true },
    response: { status: 200 },
  };
  assert.deepEqual(lines(result), [
    "✓ Succeeded after 1.23 s.",
    'exports ts = "17"',
    "exports list = [1]",
    'returned {"ok":true}',
    'responded {"status":200}',
  ]);
});

test("a step that returned nothing shows no return value", () => {
  assert.deepEqual(lines({ duration: 0.1, returned: null }), ["✓ Succeeded after 0.10 s."]);
});

test("a long value is cut, and it is said where the whole of it is", () => {
  const [, exported = ""] = lines({ exports: { text: "x".repeat(100_000) } });
  assert.ok(exported.length < 500);
  assert.match(exported, /… \(the view “Result” has the whole of it\)$/);
});

test("a step that raised shows its traceback and then the reason", () => {
  const error = { type: "KeyError", message: "'slack'", traceback: 'File "entry.py", line 3\n' };
  assert.deepEqual(lines({ outcome: "raised", error, duration: 0.5 }), [
    'File "entry.py", line 3',
    "✗ Raised after 0.50 s: KeyError: 'slack'",
  ]);
});

for (const [outcome, said] of [
  ["cancelled", /^Stopped after 2\.00 s\.$/],
  ["timed out", /^Ended by the time limit after 2\.00 s\. Raise it in the workflow\.$/],
  ["crashed", /ended before it was done after 2\.00 s/],
  ["not started", /^Not started\. Raise it in the workflow\.$/],
  ["postponed", /^postponed after 2\.00 s\./],
] as const) {
  test(`the outcome “${outcome}” is said in a sentence`, () => {
    const error = { type: "", message: "Raise it in the workflow." };
    assert.match(sentence(parsed({ outcome, duration: 2, error })), said);
  });
}

test("nothing that a step raises, returns or exports steers the terminal", () => {
  const hostile = "\u001b]52;c;AAAA\u0007\u009b2J\u001b[31mx";
  const error = { type: hostile, message: hostile, traceback: hostile };
  const text = summary(parsed({ outcome: hostile, error, returned: hostile, exports: { [hostile]: hostile } })).join(
    "",
  );
  // eslint-disable-next-line no-control-regex -- that is what is looked for
  assert.doesNotMatch(text, /[\u0007\u009b]|\u001b(?!\[\d+m)|\u001b\[31mx/);
});
