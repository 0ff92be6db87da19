import assert from "node:assert/strict";
import { test } from "node:test";

import { parseServerFacts, parseStepPython, versionOf } from "../src/serverAnswers";

test("the Python of a step is read, with what would be installed first", () => {
  const told = { path: "/usr/bin/python3.12", version: "3.12", why: "machine", missing: ["slack-sdk", 5] };
  assert.deepEqual(parseStepPython(told), { ...told, missing: ["slack-sdk"] });
  assert.equal(parseStepPython({ ...told, version: null })?.version, undefined);
});

test("an answer without a path, or for a reason that nobody knows, is none", () => {
  for (const value of [null, "python", {}, { path: 5, why: "own" }, { path: "/python", why: "a folder says so" }]) {
    assert.equal(parseStepPython(value), null);
  }
});

test("of what the server says of itself, words count only where they are of the list", () => {
  const facts = parseServerFacts({ signIn: "connect", system: "Linux", machine: "toaster", accounts: "3", sandbox: 1 });
  assert.deepEqual(
    [facts?.signIn, facts?.system, facts?.machine, facts?.accounts, facts?.sandbox],
    ["connect", "Linux", undefined, undefined, undefined],
  );
  assert.equal(parseServerFacts(undefined), null);
});

test("a version is numbers, with a word for what comes before it", () => {
  for (const version of ["3", "3.12", "3.12.4", "0.1.0-beta.1", "1.140.0-insider", "3.15.0a2"]) {
    assert.equal(versionOf(version), version);
  }
  for (const other of ["", "v1", "3.12 of me", "AKIAIOSFODNN7EXAMPLE", "1.2.3.4.5", 3, null]) {
    assert.equal(versionOf(other), undefined);
  }
});
