import assert from "node:assert/strict";
import { test } from "node:test";

import { runChoices } from "../src/keptRuns";
import { comparable, inOrder, textOf, valueAt, type ShownRun } from "../src/resultDocument";
import { resultNodes } from "../src/resultTree";
import type { ResultNode } from "../src/resultValues";

function shown(document: Record<string, unknown>): ShownRun {
  return {
    uri: "file:///w/post/entry.py",
    number: 1,
    document: { step: "post", outcome: "succeeded", duration: 1, exports: {}, ...document },
  };
}

/** The node that a way of labels leads to. */
function at(run: ShownRun, ...labels: string[]): ResultNode {
  let nodes = resultNodes(run);
  let found: ResultNode | undefined;
  for (const label of labels) {
    found = nodes.find((node) => node.label === label);
    assert.ok(found, `${label} among ${nodes.map((node) => node.label).join(", ")}`);
    nodes = found.children?.() ?? [];
  }
  assert.ok(found);
  return found;
}

test("the first lines are outcome, exports, return value and response, as far as there are any", () => {
  const all = shown({ exports: { ts: 1 }, returned: { ok: true }, response: { status: 200 } });
  assert.deepEqual(
    resultNodes(all).map(({ label, description }) => [label, description]),
    [
      ["outcome", "Succeeded after 1.00 s."],
      ["exports", "1 name"],
      ["return value", "1 key"],
      ["response", "1 key"],
    ],
  );
  assert.deepEqual(
    resultNodes(shown({})).map(({ label }) => label),
    ["outcome"],
  );
  assert.deepEqual(resultNodes({ ...shown({}), document: { other: true } }), []);
});

test("an error says what was raised, and its lines lead into the step", () => {
  const traceback = '  File "/w/post/entry.py", line 3, in handler\n    return people["grace"]\n';
  const error = { type: "KeyError", message: "'grace'", line: 3, traceback };
  const run = shown({ outcome: "raised", error });
  assert.deepEqual([at(run, "error").description, at(run, "error").line], ["KeyError: 'grace'", 3]);
  assert.deepEqual(
    at(run, "error")
      .children?.()
      .map(({ label, line }) => [label, line]),
    [
      ['  File "/w/post/entry.py", line 3, in handler', 3],
      ['    return people["grace"]', undefined],
    ],
  );
});

test("a row of a traceback leads into the step's own file, whatever it is called, and into no other", () => {
  const traceback = '  File "C:\\w\\Post Toot.py", line 3, in handler\n  File "/w/entry.py", line 9, in other\n';
  const run = { ...shown({ outcome: "raised", error: { traceback } }), uri: "file:///c%3A/w/Post%20Toot.py" };
  assert.deepEqual(
    at(run, "error")
      .children?.()
      .map(({ line }) => line),
    [3, undefined],
  );
});

test("each value has the expression that a later step reads it by", () => {
  const run = shown({ exports: { 'a "b"': [{ c: null }] }, returned: { x: 1 } });
  assert.equal(at(run, "exports", 'a "b"', "[0]", "c").path, 'pd.steps["post"]["a \\"b\\""][0]["c"]');
  assert.equal(at(run, "return value", "x").path, 'pd.steps["post"]["$return_value"]["x"]');
  assert.equal(at(shown({ response: { status: 200 } }), "response", "status").path, undefined);
});

test("a step that no workflow.yaml names is called as its folder, as in Pipedream", () => {
  assert.equal(at(shown({ step: "entry", returned: 1 }), "return value").path, 'pd.steps["post"]["$return_value"]');
});

test("what a step got is there for a run that is kept", () => {
  const run = shown({ run: { number: 2, event: { body: { name: "Ada" } } } });
  const name = at(run, "event", "body", "name");
  assert.deepEqual([name.description, name.path], ['"Ada"', 'pd.steps["trigger"]["event"]["body"]["name"]']);
});

test("a million entries stand in pages of pages, each short, and none is lost", () => {
  const run = shown({ returned: Array.from({ length: 1_000_001 }, (_, index) => index) });
  const leaves: unknown[] = [];
  const collect = (node: ResultNode, depth: number): void => {
    const below = node.children?.() ?? [];
    assert.ok(below.length <= 101 && depth < 6);
    // The first and the last way down are enough to see where the pages begin and end.
    const ways = below.length > 2 ? [below[0], below.at(-1)] : below;
    for (const way of ways) {
      assert.ok(way);
      if (way.keys === undefined) {
        collect(way, depth + 1);
      } else {
        leaves.push(way.value);
      }
    }
  };
  collect(at(run, "return value"), 0);
  assert.deepEqual([leaves[0], leaves.at(-1)], [0, 1_000_000]);
  assert.equal(at(run, "return value").description, "1000001 entries");
});

test("entries of a page have their own place and path", () => {
  const run = shown({ returned: Array.from({ length: 250 }, (_, index) => index) });
  assert.deepEqual(
    at(run, "return value")
      .children?.()
      .map(({ label }) => label),
    ["1 to 100", "101 to 200", "201 to 250"],
  );
  const entry = at(run, "return value", "201 to 250", "[249]");
  assert.deepEqual([entry.value, entry.path], [249, 'pd.steps["post"]["$return_value"][249]']);
});

test("a long text is cut in the tree and whole in what is opened and copied", () => {
  const text = "x".repeat(1_000_000);
  const node = at(shown({ returned: text }), "return value");
  assert.ok(node.description.length < 200);
  assert.match(node.description, /… \(1000000 characters\)$/);
  assert.equal(textOf(node.value), text);
});

test("a value is copied as JSON, a text as it is", () => {
  assert.equal(textOf("a\nb"), "a\nb");
  assert.equal(textOf({ a: [1] }), '{\n  "a": [\n    1\n  ]\n}');
  assert.equal(textOf(null), "null");
});

test("names and values of a step steer nothing that shows them", () => {
  const hostile = "\u001b]0;t\u0007\u202e$(error)";
  const node = at(shown({ exports: { ["a\u001b[2Jb"]: hostile } }), "exports", "ab");
  // eslint-disable-next-line no-control-regex -- that is what is looked for
  assert.doesNotMatch(node.label + node.description + node.spoken, /[\u0000-\u001f\u007f-\u009f]/);
});

test("every line has words for who can't see its icon", () => {
  const run = shown({ outcome: "raised", error: { type: "E", message: "m" }, exports: { a: [1] }, returned: {} });
  for (const node of resultNodes(run)) {
    assert.notEqual(node.spoken, "");
  }
  assert.equal(at(run, "exports", "a").spoken, "a: 1 entry");
});

test("two results are compared by what came of them, in an order that stays", () => {
  const one = shown({ exports: { b: 1, a: { d: 1, c: [{ f: 1, e: 2 }] } }, duration: 1 });
  const other = shown({ exports: { a: { c: [{ e: 2, f: 1 }], d: 1 }, b: 1 }, duration: 2 });
  assert.equal(inOrder(comparable(one)), inOrder(comparable(other)));
  assert.notEqual(inOrder(comparable(one)), inOrder(comparable(shown({ exports: { a: 1 } }))));
});

test("the same place is found in another result, and nothing where it is not there", () => {
  const { document } = shown({ returned: { a: [{ b: 1 }] } });
  assert.equal(valueAt(document, ["returned", "a", 0, "b"]), 1);
  assert.equal(valueAt(document, ["returned", "a", "length"]), undefined);
  assert.equal(valueAt(document, ["returned", "toString"]), undefined);
  assert.equal(valueAt(null, ["returned"]), undefined);
});

test("earlier runs are listed by outcome, moment, duration and accounts; what can't be read is left out", () => {
  const run = { number: 2, outcome: "raised", at: "T", duration: 0.5, sandbox: false, environment: "production" };
  const listed = runChoices(
    [{ ...run, accounts: { slack: "slack (Team)" } }, { number: "1" }, null],
    (at) => `at ${at}`,
  );
  assert.deepEqual(listed, [
    { label: "$(error) raised", description: "at T, 0.50 s", detail: "production, slack (Team)", number: 2 },
  ]);
  assert.deepEqual(runChoices(null, String), []);
});
