/** Questions that come back. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Echoes } from "../src/echoes";

test("a question comes back once for each time that it is asked, and counts as new after that", async () => {
  const echoes = new Echoes();
  assert.equal(echoes.isEcho("a"), false);
  const seen = await echoes.asking("a", async () => {
    const first = [echoes.isEcho("b"), echoes.isEcho("a"), echoes.isEcho("a")];
    return Promise.resolve(first);
  });
  assert.deepEqual(seen, [false, true, false]);
});

test("one that never came back is not waited for", async () => {
  const echoes = new Echoes();
  await echoes.asking("a", () => Promise.resolve());
  assert.equal(echoes.isEcho("a"), false);
  await assert.rejects(echoes.asking("a", () => Promise.reject(new Error("no"))));
  assert.equal(echoes.isEcho("a"), false);
});
