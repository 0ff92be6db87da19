import assert from "node:assert/strict";
import { test } from "node:test";

import { programSource } from "../src/pythonWords";

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
