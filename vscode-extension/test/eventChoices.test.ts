import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";

import {
  eventChoices,
  eventFile,
  eventNameProblem,
  freeName,
  keptEvents,
  NEW_EVENT,
  otherWays,
  savedEvents,
  workflowFolder,
} from "../src/eventChoices";

const order = { name: "1-order", path: "/w/events/1-order.json" };
const refund = { name: "2-refund", path: "/w/events/2-refund.json" };

test("saved events are read, and what can't be read is left out", () => {
  assert.deepEqual(savedEvents([{ ...order, written: true }, { name: 1 }, null]), [order]);
  assert.deepEqual(savedEvents([]), []);
});

test("no answer is none: the server has said why", () => {
  assert.equal(savedEvents(null), null);
  assert.equal(keptEvents(null), null);
});

test("the event of the last time stands first, and says so in words", () => {
  const [first, second] = eventChoices([order, refund], refund.path);
  assert.deepEqual([first?.event, first?.description], [refund, "as the last time"]);
  assert.deepEqual([second?.event, second?.description], [order, undefined]);
});

test("an event of the last time that is gone is not offered", () => {
  assert.deepEqual(
    eventChoices([order], "/w/events/gone.json").map(({ event }) => event),
    [order],
  );
});

test("editing is offered only where there is an event", () => {
  const ways = (hasEvents: boolean) => otherWays(hasEvents).map(({ way }) => way);
  assert.deepEqual(ways(true), ["capture", "pull", "earlier", "edit", "new"]);
  assert.deepEqual(ways(false), ["capture", "pull", "earlier", "new"]);
});

test("events of Pipedream are listed by what they are, when, and what they failed for", () => {
  const event = { id: "1-0", origin: "dc_1", at: "2026-11-02T08:00:00Z", summary: "POST / name", failed: true };
  assert.deepEqual(keptEvents([{ ...event, step: "post", error: "KeyError: 'x'" }, { id: "2-0" }]), [
    {
      label: "POST / name",
      description: "2026-11-02T08:00:00Z",
      detail: "failed in post: KeyError: 'x'",
      id: "1-0",
      origin: "dc_1",
    },
  ]);
  assert.deepEqual(
    keptEvents([{ id: "1-0", origin: "dc_1" }])?.map(({ label, detail }) => [label, detail]),
    [["1-0", ""]],
  );
});

for (const name of ["", "a b", "../up", "a/b", "a.json", "é", "x".repeat(101)]) {
  test(`no name of an event: ${JSON.stringify(name.slice(0, 10))}`, () => {
    assert.match(eventNameProblem(name) ?? "", /letters, digits, - and _/);
  });
}

test("a name that is proposed can be one, and is not taken", () => {
  assert.equal(freeName("captured", []), "captured");
  const taken = ["captured", "captured-2"].map((name) => ({ name, path: "" }));
  assert.equal(freeName("captured", taken), "captured-3");
  assert.equal(eventNameProblem(freeName("captured", taken)), undefined);
});

test("the folder of the workflow is the nearest with a workflow.yaml, inside the folder that is open", () => {
  const has = (...files: string[]) => {
    const there = new Set(files.map((file) => path.normalize(file)));
    return (file: string) => there.has(file);
  };
  const step = path.normalize("/w/flow/post/entry.py");
  const root = path.normalize("/w");
  assert.equal(workflowFolder(step, root, has("/w/flow/workflow.yaml")), path.normalize("/w/flow"));
  assert.equal(workflowFolder(step, root, has("/w/workflow.yaml", "/workflow.yaml")), root);
  assert.equal(workflowFolder(step, root, has("/workflow.yaml")), undefined);
  assert.equal(workflowFolder(step, "", has()), undefined);
});

test("an event is saved where pd-lsp looks for it, in the form that docs/events.md has", () => {
  assert.equal(eventFile(path.normalize("/w/flow"), "order"), path.normalize("/w/flow/events/order.json"));
  assert.deepEqual(JSON.parse(NEW_EVENT), { event: { method: "POST", path: "/", body: {} } });
});
