import assert from "node:assert/strict";
import { test } from "node:test";

import { parseStepResult, type StepResult } from "../src/protocol";
import { heading, Transcript } from "../src/runOutput";

function printed(...pieces: [stream: string, text: string][]): string {
  const transcript = new Transcript();
  return pieces.map(([stream, text]) => transcript.output({ run: "1", stream, text })).join("");
}

function ending(result: Record<string, unknown>): string {
  const parsed: StepResult | null = parseStepResult({ outcome: "succeeded", ...result });
  assert.ok(parsed);
  return new Transcript().result(parsed);
}

test("what a step prints stands as it was printed", () => {
  assert.equal(printed(["stdout", "one\ntw"], ["stdout", "o\n"]), "one\ntwo\n");
});

test("stderr carries its name on every line", () => {
  assert.equal(printed(["stderr", "one\ntwo\n"]), "[stderr] one\n[stderr] two\n");
});

test("a stream begins its own line when another one stopped within a line", () => {
  assert.equal(printed(["stdout", "half"], ["stderr", "oh\n"], ["stdout", "rest\n"]), "half\n[stderr] oh\nrest\n");
});

test("a line that comes in pieces is labelled once", () => {
  assert.equal(printed(["stderr", "a"], ["stderr", "b"], ["stderr", "c\nd"]), "[stderr] abc\n[stderr] d");
});

test("two notices without line ends are two lines", () => {
  assert.equal(printed(["notice", "One."], ["notice", "Two."]), "[notice] One.\n[notice] Two.\n");
});

test("colours are taken out, also when they are cut anywhere", () => {
  const coloured = "\u001b[1;31mred\u001b[0m plain\n";
  for (let cut = 0; cut <= coloured.length; cut += 1) {
    const text = printed(["stdout", coloured.slice(0, cut)], ["stdout", coloured.slice(cut)]);
    assert.equal(text, "red plain\n", `cut at ${cut}`);
  }
});

test("the heading names the step by its folder, its file and its handler", () => {
  const line = heading({ uri: "file:///home/me/wf/get%20album/entry.py", handler: "handler" }, "14:03:21");
  assert.equal(line, "── 14:03:21  get album/entry.py  handler\n");
});

test("the heading names the event that the step runs with", () => {
  assert.match(
    heading({ uri: "file:///w/a/entry.py", handler: "handler", event: "/w/events/order.json" }, "0"),
    /order\.json/,
  );
});

test("a success shows exports, return value and response", () => {
  const text = ending({
    duration: 1.234,
    exports: { ts: "17", list: [1] },
    returned: { ok: true },
    response: { status: 200 },
  });
  assert.equal(
    text,
    'Succeeded after 1.23 s.\nexports ts = "17"\nexports list = [\n  1\n]\nreturned {\n  "ok": true\n}\nresponded {\n  "status": 200\n}\n\n',
  );
});

test("a step that returned nothing shows no return value", () => {
  assert.equal(ending({ duration: 0.1, returned: null }), "Succeeded after 0.10 s.\n\n");
});

test("a step that raised shows its traceback and then the reason", () => {
  const error = { type: "KeyError", message: "'slack'", traceback: 'File "entry.py", line 3\n' };
  const text = ending({ outcome: "raised", error, duration: 0.5 });
  assert.equal(text, "File \"entry.py\", line 3\nRaised after 0.50 s: KeyError: 'slack'\n\n");
});

for (const [outcome, sentence] of [
  ["cancelled", /^Stopped after 2\.00 s\.$/m],
  ["timed out", /^Ended by the time limit after 2\.00 s\. Raise it in the workflow\.$/m],
  ["crashed", /ended before it was done after 2\.00 s/],
  ["not started", /^Not started\. Raise it in the workflow\.$/m],
  ["postponed", /^postponed after 2\.00 s\./m],
] as const) {
  test(`the outcome “${outcome}” is said in a sentence`, () => {
    const error = { type: "", message: "Raise it in the workflow." };
    assert.match(ending({ outcome, duration: 2, error }), sentence);
  });
}

test("a notice that was shown while the step ran is not shown again with the result", () => {
  const transcript = new Transcript();
  transcript.output({ run: "1", stream: "notice", text: "Output was cut." });
  const result = parseStepResult({ outcome: "succeeded", notices: ["Output was cut.", "One value was blanked."] });
  assert.ok(result);
  assert.equal(transcript.result(result), "[notice] One value was blanked.\nSucceeded.\n\n");
});

test("the result begins its own line after output without a line end", () => {
  const transcript = new Transcript();
  transcript.output({ run: "1", stream: "stdout", text: "no newline" });
  const result = parseStepResult({ outcome: "succeeded" });
  assert.ok(result);
  assert.equal(transcript.result(result), "\nSucceeded.\n\n");
});
