import assert from "node:assert/strict";
import { test } from "node:test";

import { terminalAddition } from "../src/terminalPath";

const SCRIPT = "/ext/server/pd_lsp_server.py";

test("terminals find the pd-lsp inside the extension, behind one of the person's own", () => {
  assert.deepEqual(
    terminalAddition({ command: "/usr/bin/python3", args: ["-I", SCRIPT], from: "extension" }, "/ext", "linux"),
    { path: ":/ext/server/bin", python: "/usr/bin/python3" },
  );
});

test("on Windows PATH has its own separator", () => {
  const args = ["-I", "C:\\ext\\server\\pd_lsp_server.py"];
  const found = terminalAddition({ command: "C:\\py\\python.exe", args, from: "extension" }, "C:\\ext", "win32");
  assert.equal(found?.path, ";C:\\ext\\server\\bin");
});

test("nothing is added where the person has a pd-lsp, or nothing can be started", () => {
  assert.equal(terminalAddition({ command: "/bin/pd-lsp", args: [], from: "PATH" }, "/ext", "linux"), undefined);
  const own = { command: "/venv/bin/python", args: ["-m", "pd_lsp"], from: "pdLsp.server.python" } as const;
  assert.equal(terminalAddition(own, "/ext", "linux"), undefined);
  assert.equal(terminalAddition({ problem: "No Python was found." }, "/ext", "linux"), undefined);
});
