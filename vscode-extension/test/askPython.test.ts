/** Real processes: the Python of this machine, and programs that pretend to be one. */
import assert from "node:assert/strict";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { askIn, hasPdLsp, parseSaid } from "../src/askPython";
import { findPython } from "../src/findPython";

let folder: string;
before(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), "pd-lsp-")));
});
after(() => {
  rmSync(folder, { recursive: true });
});

/** A shell script in the folder of the test. */
function script(name: string, lines: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${lines}\n`, { mode: 0o755 });
  return file;
}

function ask(command: string) {
  return askIn(folder)({ command, args: [], from: "PATH" });
}

test("this machine's own Python says what it is, and where", async () => {
  const python = await findPython(
    [],
    {
      platform: process.platform,
      arch: process.arch,
      searchPath: process.env["PATH"] ?? "",
      openFolders: [],
      untrustedFolders: [],
      isProgram: () => true,
      realPath: (file) => file,
    },
    askIn(folder),
  );
  assert.match(python?.version ?? "", /^3\.1\d\.\d+$/);
  assert.ok(path.isAbsolute(python?.path ?? ""));
});

test("a shim is asked in our folder, isolated, and without the variable that would lead it into another", async () => {
  process.env["PYENV_DIR"] = "/w";
  const shim = script(
    "shim",
    'echo "pd-lsp cpython 3.12.4 linux-x86_64 0 $PWD|$PYENV_DIR|$1$2|$PYTHON_MANAGER_AUTOMATIC_INSTALL"',
  );
  const said = await ask(shim);
  delete process.env["PYENV_DIR"];
  assert.equal(said?.path, `${folder}||-I-S|false`);
});

test("what is no Python is none: one that fails, is silent, chatters, or is not there", async () => {
  assert.equal(await ask(script("fails", "exit 3")), undefined);
  assert.equal(await ask(script("silent", "")), undefined);
  assert.equal(await ask(script("chatters", "echo Python 3.12.4")), undefined);
  assert.equal(await ask(path.join(folder, "gone")), undefined);
});

test("a path with blanks stays whole, also with the line ends of Windows", () => {
  const said = parseSaid("pd-lsp cpython 3.13.1 win-amd64 0 C:\\Program Files\\Python313\\python.exe\r\n");
  assert.equal(said?.path, "C:\\Program Files\\Python313\\python.exe");
});

test("a Python is asked whether it has a pd-lsp, and only a clear yes counts", async () => {
  assert.equal(await hasPdLsp(script("has", "echo pd-lsp True"), folder), true);
  assert.equal(await hasPdLsp(script("lacks", "echo pd-lsp False"), folder), false);
  assert.equal(await hasPdLsp(script("breaks", "echo pd-lsp True; exit 1"), folder), false);
});
