import assert from "node:assert/strict";
import { test } from "node:test";
import { stripVTControlCharacters } from "node:util";

import type { RunArguments } from "../src/protocol";
import { Runs, type OnResult, type RunView, type SendRun, type Stopper } from "../src/runs";

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
  const shown = { text: "", revealed: 0, going: [] as string[], results: [] as unknown[] };
  const view: RunView = {
    append: (text) => (shown.text += stripVTControlCharacters(text)),
    reveal: () => (shown.revealed += 1),
    running: (runs) => shown.going.push(runs.map(({ name, elapsed }) => `${name} ${elapsed}`.trim()).join(", ")),
  };
  const onResult: OnResult = (run, answer) => shown.results.push([run.uri, answer]);
  return { shown, runs: new Runs(view, () => new TestStopper(), send, onResult) };
}

test("a run is revealed when it begins, streams, and closes with its result", async () => {
  const { shown, runs } = runsWith(async ({ run, ...rest }) => {
    assert.deepEqual(rest, step);
    assert.equal(shown.revealed, 0);
    runs.output({ run, stream: "stdout", text: "posting…\n" });
    assert.equal(shown.revealed, 1);
    return Promise.resolve({ outcome: "succeeded", exports: { ts: 1 } });
  });
  await runs.run(step);
  assert.equal(shown.revealed, 1);
  assert.match(shown.text, /^── .*post\/entry\.py {2}handler\nposting…\n✓ Succeeded\.\nexports ts = 1\n\n$/);
});

test("the server's answer is returned unchanged to whoever called the command, and told to whoever shows results", async () => {
  const answer = { outcome: "succeeded", later: "a key of a newer server" };
  const { shown, runs } = runsWith(() => Promise.resolve(answer));
  assert.equal(await runs.run(step), answer);
  assert.deepEqual(shown.results, [[step.uri, answer]]);
});

test("a run that the person declines opens nothing", async () => {
  const { shown, runs } = runsWith(() => Promise.resolve(null));
  await runs.run(step);
  assert.deepEqual([shown.text, shown.revealed, shown.results], ["", 0, []]);
});

test("a run that was about to begin and did not is closed with a line", async () => {
  const { shown, runs } = runsWith(({ run }) => {
    runs.output({ run, stream: "notice", text: "Installing requests." });
    return Promise.resolve(null);
  });
  await runs.run(step);
  assert.match(shown.text, /\[notice\] Installing requests\.\n■ Not run\.\n\n$/);
});

test("an error of the server is shown in its own words", async () => {
  const { shown, runs } = runsWith(() => Promise.reject(new Error("Trust this folder first: pd-lsp trust FOLDER")));
  assert.equal(await runs.run(step), null);
  assert.equal(shown.revealed, 1);
  assert.match(shown.text, /✗ Not run: Trust this folder first: pd-lsp trust FOLDER\n\n$/);
});

test("stopping cancels the request, and the run is shown as stopped", async () => {
  const { shown, runs } = runsWith(async (_run, stopper) => {
    await stopper.stopped;
    throw new Error("Request cancelled");
  });
  const run = runs.run(step);
  runs.stop();
  assert.equal(await run, null);
  assert.match(shown.text, /\n■ Stopped\.\n\n$/);
});

test("the view is told when a run begins, how long it has gone on, and when it ends, also by an error", async () => {
  const { shown, runs } = runsWith(({ run }) => {
    assert.ok(runs.progress(run, "1 s of 30 s"));
    assert.equal(shown.revealed, 1);
    return Promise.reject(new Error("no"));
  });
  await runs.run(step);
  assert.deepEqual(shown.going, ["post", "post 1 s of 30 s", ""]);
});

test("the progress of something else is left to the editor", () => {
  const { runs } = runsWith(() => Promise.resolve(null));
  assert.equal(runs.progress("other", "1 s"), false);
  assert.equal(runs.progress(7, "1 s"), false);
});

test("a notice that was shown while the step ran is not shown again with the result", async () => {
  const { shown, runs } = runsWith(({ run }) => {
    runs.output({ run, stream: "notice", text: "Output was cut." });
    return Promise.resolve({ outcome: "succeeded", notices: ["Output was cut.", "One value was blanked."] });
  });
  await runs.run(step);
  assert.match(shown.text, /handler\n\[notice\] Output was cut\.\n\[notice\] One value was blanked\.\n✓ Succeeded/);
});
