/** How it is said where a Python comes from. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { programSource, STEP_REASONS } from "../src/pythonWords";

const program = { command: "/opt/python", args: [] };

test("it is said where the server comes from, and who has found its Python", () => {
  const found = (from: "PATH" | "py" | "ms-python.python") =>
    programSource({ ...program, from: "extension", python: { path: "/opt/python", version: "3.12.4", from } });
  assert.equal(found("PATH"), "inside the extension, Python found on PATH");
  assert.equal(found("py"), "inside the extension, Python found by Windows’ launcher py");
  assert.equal(found("ms-python.python"), "inside the extension, Python found by the Python extension");
  assert.equal(programSource({ ...program, from: "PATH" }), "pd-lsp on PATH");
  assert.equal(programSource({ ...program, from: "pdLsp.server.python" }), "the setting pdLsp.server.python");
});

test("each reason for the Python of a step has words of its own", () => {
  assert.equal(new Set(Object.values(STEP_REASONS)).size, Object.keys(STEP_REASONS).length);
});
