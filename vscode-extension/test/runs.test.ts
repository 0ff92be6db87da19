import assert from "node:assert/strict";
import { test } from "node:test";

import type { RunArguments } from "../src/protocol";
import { Runs, type RunView, type SendRun, type Stopper } from "../src/runs";

const step: RunArguments = { uri: "file:///w/post/entry.py", handler: "handler" };

class TestStopper implements Stopper {
  readonly #events = new EventTarget();
  readonly stopped = new Promise((resolve) => {
    this.#events.addEventListener("stop", resolve);
  });
  isStopped = false;

  stop(): void {
    this.isStopped = true;
    this.#events.dispatchEvent(new Event("stop"));
  }
}

function runsWith(send: SendRun<TestStopper>) {
  const shown = { text: "", revealed: 0, counts: [] as number[] };
  const view: RunView = {
    append: (text) => (shown.text += text),
    reveal: () => (shown.revealed += 1),
    running: (count) => shown.counts.push(count),
  };
  return { shown, runs: new Runs(view, () => new TestStopper(), send) };
}

test("a run is revealed at once, streams, and closes with its result", async () => {
  const { shown, runs } = runsWith(async (run) => {
    assert.deepEqual(run, step);
    assert.equal(shown.revealed, 1);
    runs.output({ run: "1", stream: "stdout", text: "posting…\n" });
    return Promise.resolve({ outcome: "succeeded", exports: { ts: 1 } });
  });
  await runs.run(step);
  assert.match(shown.text, /^── .*post\/entry\.py {2}handler\nposting…\nSucceeded\.\nexports ts = 1\n\n$/);
});

test("the server's answer is returned unchanged to whoever called the command", async () => {
  const answer = { outcome: "succeeded", later: "a key of a newer server" };
  const { runs } = runsWith(() => Promise.resolve(answer));
  assert.equal(await runs.run(step), answer);
});

test("a run that the server did not start is closed with a line", async () => {
  const { shown, runs } = runsWith(() => Promise.resolve(null));
  await runs.run(step);
  assert.match(shown.text, /\nNot run\.\n\n$/);
});

test("an error of the server is shown in its own words", async () => {
  const { shown, runs } = runsWith(() => Promise.reject(new Error("Trust this folder first: pd-lsp trust FOLDER")));
  assert.equal(await runs.run(step), null);
  assert.match(shown.text, /Not run: Trust this folder first: pd-lsp trust FOLDER\n\n$/);
});

test("stopping cancels the request, and the run is shown as stopped", async () => {
  const { shown, runs } = runsWith(async (_run, stopper) => {
    await stopper.stopped;
    throw new Error("Request cancelled");
  });
  const run = runs.run(step);
  runs.stop();
  assert.equal(await run, null);
  assert.match(shown.text, /\nStopped\.\n\n$/);
});

test("the view is told when a run begins and when it ends, also by an error", async () => {
  const { shown, runs } = runsWith(() => Promise.reject(new Error("no")));
  await runs.run(step);
  assert.deepEqual(shown.counts, [1, 0]);
});
