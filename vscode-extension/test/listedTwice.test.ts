/** Keys that another server lists too. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { withoutListed } from "../src/listedTwice";

const OURS = [{ label: "slack" }, { label: "openai" }, { label: { label: "github" } }];

test("a key that another server lists in quotes of either kind is left to it", () => {
  assert.deepEqual(withoutListed(OURS, [{ label: '"slack"' }, { label: { label: "'github'" } }]), [OURS[1]]);
});

test("a name, a word or a longer literal of others takes nothing away", () => {
  const others = ["slack", "openai", '"github', '"slack" in quotes', "\"openai'", '""'].map((label) => ({ label }));
  assert.deepEqual(withoutListed(OURS, others), OURS);
});
