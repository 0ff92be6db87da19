import assert from "node:assert/strict";
import { test } from "node:test";

import { Restarts } from "../src/restarts";

const minute = 60_000;

test("a server that dies is started again once", () => {
  const restarts = new Restarts();
  assert.equal(restarts.shouldRestart(0), true);
  assert.equal(restarts.shouldRestart(minute), false);
});

test("a death long after the last one counts as the first", () => {
  const restarts = new Restarts();
  restarts.shouldRestart(0);
  assert.equal(restarts.shouldRestart(4 * minute), true);
});
