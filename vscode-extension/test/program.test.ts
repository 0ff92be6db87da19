/** What is found is kept, as long as what it depends on stays. */
import assert from "node:assert/strict";
import { test } from "node:test";

import type { LaunchProblem, Program } from "../src/launch";
import { ProgramFinder } from "../src/program";

/** A machine with some programs, and a finder on it. */
function finderWith(programs: string[]) {
  const state = { programs, serverPython: "", openFolders: [] as string[] };
  const told: (Program | LaunchProblem)[] = [];
  const finder = new ProgramFinder(
    {
      ours: "/extension",
      settings: () => ({
        serverCommand: [],
        serverPython: state.serverPython,
        stepPython: "",
        sandbox: false,
        inlayHints: false,
      }),
      machine: () => ({
        platform: "linux",
        arch: "x64",
        searchPath: "/a:/b",
        openFolders: state.openFolders,
        untrustedFolders: state.openFolders,
        isProgram: (file) => state.programs.includes(file),
        realPath: (file) => file,
      }),
      aFolderChoosesPython: () => false,
      selected: [],
    },
    (program) => told.push(program),
  );
  const found = async () => {
    const program = await finder.current();
    return "problem" in program ? program.problem : program.command;
  };
  return { state, finder, found, told };
}

test("it is looked for once, and whoever wants to know is told once", async () => {
  const { state, found, told } = finderWith(["/a/pd-lsp"]);
  assert.equal(await found(), "/a/pd-lsp");
  state.programs = [];
  assert.equal(await found(), "/a/pd-lsp");
  assert.deepEqual(told, [{ command: "/a/pd-lsp", args: [], from: "PATH" }]);
});

test("it is looked for again when the server starts anew, and when a setting or a folder is another one", async () => {
  const { state, finder, found } = finderWith([]);
  assert.match(await found(), /not found/);
  state.programs = ["/a/pd-lsp", "/b/pd-lsp", "/c/python"];
  await finder.again();
  assert.equal(await found(), "/a/pd-lsp");
  state.openFolders = ["/a"];
  assert.equal(await found(), "/b/pd-lsp");
  state.serverPython = "/c/python";
  assert.equal(await found(), "/c/python");
});
