import assert from "node:assert/strict";
import { test } from "node:test";

import type { Found } from "../src/findPython";
import { chooseProgram, launchOf, type Launch, type LaunchProblem, type LaunchSettings } from "../src/launch";
import type { Machine } from "../src/places";

const nothingSet: LaunchSettings = {
  serverCommand: [],
  serverPython: "",
  stepPython: "",
  sandbox: false,
  inlayHints: false,
};

interface Around extends Partial<Machine> {
  readonly programs?: readonly string[];
  /** The server inside the extension, the Python that would be found for it, and those that have a pd-lsp. */
  readonly bundled?: string;
  readonly found?: Found;
  readonly having?: readonly string[];
}

function choose(settings: Partial<LaunchSettings>, around: Around = {}) {
  const { programs = [], bundled, found, having = [], ...rest } = around;
  const linux: Machine = {
    platform: "linux",
    arch: "x64",
    searchPath: "/usr/bin",
    openFolders: [],
    untrustedFolders: [],
    isProgram: (file) => programs.includes(file),
    realPath: (file) => file,
  };
  return chooseProgram(
    { ...nothingSet, ...settings },
    { ...linux, ...rest },
    {
      bundled,
      hasPdLsp: (python) => Promise.resolve(having.includes(python)),
      findPython: () => Promise.resolve(found),
    },
  );
}

/** The command that serves. */
async function launch(settings: Partial<LaunchSettings>, around: Around = {}) {
  const program = await choose(settings, around);
  return "problem" in program ? program : launchOf(program, { ...nothingSet, ...settings });
}

function problemOf(chosen: Launch | LaunchProblem): string {
  assert.ok("problem" in chosen, `expected a problem, got ${JSON.stringify(chosen)}`);
  return chosen.problem;
}

test("the command that the person set comes before the interpreter and PATH", async () => {
  const programs = ["/opt/tool", "/opt/python", "/usr/bin/pd-lsp"];
  const chosen = await launch(
    { serverCommand: ["/opt/tool", "run", "pd-lsp"], serverPython: "/opt/python" },
    { programs },
  );
  assert.deepEqual(chosen, { command: "/opt/tool", args: ["run", "pd-lsp", "serve", "--stdio"] });
});

test("the interpreter that the person chose comes before PATH", async () => {
  const chosen = await launch({ serverPython: "/opt/python" }, { programs: ["/opt/python", "/usr/bin/pd-lsp"] });
  assert.deepEqual(chosen, { command: "/opt/python", args: ["-m", "pd_lsp", "serve", "--stdio"] });
});

test("without settings pd-lsp is started from PATH by its whole path", async () => {
  const chosen = await launch(
    {},
    { searchPath: "/bin:/usr/bin:/opt/bin", programs: ["/usr/bin/pd-lsp", "/opt/bin/pd-lsp"] },
  );
  assert.deepEqual(chosen, { command: "/usr/bin/pd-lsp", args: ["serve", "--stdio"] });
});

test("the sandbox and the interpreter of steps become arguments of serve", async () => {
  const chosen = await launch({ sandbox: true, stepPython: "/opt/steps/python" }, { programs: ["/usr/bin/pd-lsp"] });
  assert.deepEqual(chosen, {
    command: "/usr/bin/pd-lsp",
    args: ["serve", "--stdio", "--sandbox", "--python", "/opt/steps/python"],
  });
});

test("a machine without pd-lsp is told which setting to fill", async () => {
  assert.match(problemOf(await launch({})), /pdLsp\.server\.python/);
});

test("a relative program in a setting is refused, because the open folder could hold it", async () => {
  assert.match(problemOf(await launch({ serverPython: "python" }, { programs: ["python"] })), /whole path/);
  assert.match(problemOf(await launch({ serverCommand: ["./pd-lsp"] }, { programs: ["./pd-lsp"] })), /whole path/);
});

test("a setting that names nothing is reported by its name and not skipped", async () => {
  const problem = problemOf(await launch({ serverPython: "/gone/python" }, { programs: ["/usr/bin/pd-lsp"] }));
  assert.match(problem, /pdLsp\.server\.python.*\/gone\/python/);
});

test("relative and empty entries of PATH are not searched", async () => {
  const programs = ["pd-lsp", "node_modules/.bin/pd-lsp", "./pd-lsp"];
  assert.ok("problem" in (await launch({}, { searchPath: ":.:node_modules/.bin", programs })));
});

test("a folder without trust cannot offer its own pd-lsp through PATH", async () => {
  const programs = ["/home/me/project/.venv/bin/pd-lsp", "/home/me/project-two/bin/pd-lsp"];
  const searchPath = "/home/me/project/.venv/bin:/home/me/project-two/bin";
  const chosen = await launch({}, { searchPath, programs, untrustedFolders: ["/home/me/project"] });
  assert.deepEqual(chosen, { command: "/home/me/project-two/bin/pd-lsp", args: ["serve", "--stdio"] });
});

test("a trusted folder may offer its own pd-lsp through PATH", async () => {
  const programs = ["/home/me/project/.venv/bin/pd-lsp"];
  assert.ok("command" in (await launch({}, { searchPath: "/home/me/project/.venv/bin", programs })));
});

test("on Windows the executable is found, in any case of the folder's name kept out without trust", async () => {
  const machine = { platform: "win32", searchPath: "C:\\Work\\bin;D:\\tools" } as const;
  const programs = ["C:\\Work\\bin\\pd-lsp.exe", "D:\\tools\\pd-lsp.exe"];
  const chosen = await launch({}, { ...machine, programs, untrustedFolders: ["c:\\work"] });
  assert.deepEqual(chosen, { command: "D:\\tools\\pd-lsp.exe", args: ["serve", "--stdio"] });
});

test("a link out of a trusted place cannot lead PATH into a folder without trust", async () => {
  const programs = ["/home/me/bin/pd-lsp", "/usr/bin/pd-lsp"];
  const realPath = (file: string) => file.replace("/home/me/bin", "/w/.venv/bin");
  const around = { searchPath: "/home/me/bin:/usr/bin", programs, untrustedFolders: ["/w"], realPath };
  assert.deepEqual(await launch({}, around), { command: "/usr/bin/pd-lsp", args: ["serve", "--stdio"] });
});

const BUNDLED = "/x/server/pd_lsp_server.py";
const FOUND: Found = { path: "/opt/python3.12", version: "3.12.4", from: "ms-python.python" };

test("without settings the server inside the extension runs in the Python that was found, isolated", async () => {
  const around = { bundled: BUNDLED, found: FOUND, programs: ["/usr/bin/pd-lsp"] };
  assert.deepEqual(await choose({}, around), {
    command: "/opt/python3.12",
    args: ["-I", BUNDLED],
    from: "extension",
    python: FOUND,
  });
  assert.deepEqual(await launch({ sandbox: true }, around), {
    command: "/opt/python3.12",
    args: ["-I", BUNDLED, "serve", "--stdio", "--sandbox"],
  });
});

test("where no Python fits, a pd-lsp on PATH is as good; without one the person is told what to install or to set", async () => {
  const onPath = await choose({}, { bundled: BUNDLED, programs: ["/usr/bin/pd-lsp"] });
  assert.deepEqual(onPath, { command: "/usr/bin/pd-lsp", args: [], from: "PATH" });
  assert.match(problemOf(await choose({}, { bundled: BUNDLED })), /Install CPython 3\.10.*pdLsp\.server\.python/);
});

test("the Python of the setting runs its own pd-lsp where it has one, else the one inside the extension", async () => {
  const around = { bundled: BUNDLED, found: FOUND, programs: ["/opt/a", "/opt/b"], having: ["/opt/a"] };
  assert.deepEqual(await choose({ serverPython: "/opt/a" }, around), {
    command: "/opt/a",
    args: ["-m", "pd_lsp"],
    from: "pdLsp.server.python",
  });
  assert.deepEqual(await choose({ serverPython: "/opt/b" }, around), {
    command: "/opt/b",
    args: ["-I", BUNDLED],
    from: "pdLsp.server.python",
  });
});

test("a terminal is given the program that starts the server, without the server's arguments", async () => {
  const set = { sandbox: true, stepPython: "/opt/steps/python" };
  const around = { searchPath: "/w/bin:/usr/bin", untrustedFolders: ["/w"] };
  const programs = ["/opt/tool", "/usr/bin/pd-lsp", "/w/bin/pd-lsp"];
  assert.deepEqual(await choose(set, { ...around, programs }), { command: "/usr/bin/pd-lsp", args: [], from: "PATH" });
  assert.deepEqual(await choose({ ...set, serverCommand: ["/opt/tool", "run"] }, { ...around, programs }), {
    command: "/opt/tool",
    args: ["run"],
    from: "pdLsp.server.command",
  });
});
