/** What comes from the server, or from another extension, is checked before anything is done with it. */
import assert from "node:assert/strict";
import { test } from "node:test";

import {
  parseAccountCount,
  parseDebugSession,
  parseRunArguments,
  parseRunOutput,
  parseStepResult,
} from "../src/protocol";

const NOTHING = [null, undefined, 1, "text", [], {}, { uri: 1, handler: "handler" }];

test("what has not the form of a message is none", () => {
  for (const parse of [parseAccountCount, parseDebugSession, parseRunArguments, parseRunOutput, parseStepResult]) {
    assert.deepEqual(new Set(NOTHING.map((value): unknown => parse(value))), new Set([null]), parse.name);
  }
});

test("the argument of a run carries nothing but a document, a handler and an event", () => {
  const given = { uri: "file:///a.py", handler: "handler", event: "one.json", python: "/evil", timeLimit: 9999 };
  assert.deepEqual(parseRunArguments(given), { uri: "file:///a.py", handler: "handler", event: "one.json" });
  assert.deepEqual(parseRunArguments({ ...given, event: 1 }), { uri: "file:///a.py", handler: "handler" });
});

test("output without a run or a stream is shown all the same", () => {
  assert.deepEqual(parseRunOutput({ text: "a" }), { run: "", stream: "", text: "a" });
});

test("a result of a server that knows more, or sends less, is read as far as it can be", () => {
  assert.deepEqual(parseStepResult({ outcome: "evaporated", notices: ["a", 1], error: { type: "E" }, exports: [] }), {
    outcome: "evaporated",
    exports: {},
    returned: null,
    response: null,
    error: { type: "E", message: "", traceback: "" },
    notices: ["a"],
    duration: null,
  });
});
