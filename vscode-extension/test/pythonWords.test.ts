/** How it is said where a Python comes from. */
import assert from "node:assert/strict";
import { test } from "node:test";

import type { Program } from "../src/launch";
import { programSource, STEP_REASONS } from "../src/pythonWords";

const said = (from: string) => programSource({ command: "pd-lsp", args: [], from } as unknown as Program);

test("it is said whether the program is the one brought along, that on PATH, or that of a setting", () => {
  assert.equal(said("extension"), "inside the extension, Python found on PATH");
  assert.equal(said("PATH"), "pd-lsp on PATH");
  assert.equal(said("pdLsp.server.python"), "the setting pdLsp.server.python");
});

test("each reason for the Python of a step has words of its own", () => {
  assert.equal(new Set(Object.values(STEP_REASONS)).size, Object.keys(STEP_REASONS).length);
});
