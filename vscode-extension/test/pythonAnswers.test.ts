/** What the two Python extensions answer, in the shapes that their published APIs have. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { fromEnvironments, fromPython } from "../src/pythonAnswers";

const ENVIRONMENT = {
  envId: { id: "1", managerId: "ms-python.python:venv" },
  name: ".venv",
  displayName: ".venv (3.12.4)",
  version: "3.12.4.final.0",
  environmentPath: { fsPath: "/w/.venv" },
  execInfo: { run: { executable: "/w/.venv/bin/python" }, activatedRun: { executable: "conda", args: ["run"] } },
  sysPrefix: "/w/.venv",
};

test("the Python Environments extension names the program itself and its version", () => {
  const expected = { python: "/w/.venv/bin/python", version: "3.12.4", from: "ms-python.vscode-python-envs" };
  assert.deepEqual(fromEnvironments(ENVIRONMENT), expected);
  const run = { executable: "/w/.venv/bin/python", args: [] };
  assert.deepEqual(fromEnvironments({ ...ENVIRONMENT, execInfo: { run } }), expected);
});

test("an environment that is broken, or that another program starts, is none", () => {
  assert.equal(fromEnvironments({ ...ENVIRONMENT, error: "broken link" }), undefined);
  const run = { executable: "/usr/bin/tool", args: ["run", "python"] };
  assert.equal(fromEnvironments({ ...ENVIRONMENT, execInfo: { run } }), undefined);
});

test("the Python extension names the program of a resolved environment", () => {
  const resolved = {
    id: "1",
    path: "/opt/env",
    executable: { uri: { fsPath: "/opt/env/bin/python" }, bitness: "64-bit", sysPrefix: "/opt/env" },
    version: { major: 3, minor: 11, micro: 2, release: undefined, sysVersion: "3.11.2 (main)" },
  };
  assert.deepEqual(fromPython(resolved), {
    python: "/opt/env/bin/python",
    version: "3.11.2",
    from: "ms-python.python",
  });
  assert.equal(fromPython({ ...resolved, version: undefined })?.version, undefined);
});

test("an environment without a Python in it, and whatever else comes, is none", () => {
  assert.equal(fromPython({ path: "/opt/env", executable: { uri: undefined } }), undefined);
  for (const nothing of [undefined, null, "/usr/bin/python3", [], { execInfo: { run: { executable: 3 } } }]) {
    assert.equal(fromPython(nothing), undefined);
    assert.equal(fromEnvironments(nothing), undefined);
  }
});
