import assert from "node:assert/strict";
import { test } from "node:test";

import {
  chooseLaunch,
  chooseProgram,
  type Launch,
  type LaunchProblem,
  type LaunchSettings,
  type Machine,
} from "../src/launch";

const nothingSet: LaunchSettings = {
  serverCommand: [],
  serverPython: "",
  stepPython: "",
  sandbox: false,
  inlayHints: false,
};

function launch(settings: Partial<LaunchSettings>, machine: Partial<Machine> & { programs?: string[] } = {}) {
  const { programs = [], ...rest } = machine;
  const linux: Machine = {
    platform: "linux",
    searchPath: "/usr/bin",
    untrustedFolders: [],
    isProgram: (file) => programs.includes(file),
  };
  return chooseLaunch({ ...nothingSet, ...settings }, { ...linux, ...rest });
}

function problemOf(chosen: Launch | LaunchProblem): string {
  assert.ok("problem" in chosen, `expected a problem, got ${JSON.stringify(chosen)}`);
  return chosen.problem;
}

test("the command that the person set comes before the interpreter and PATH", () => {
  const programs = ["/opt/tool", "/opt/python", "/usr/bin/pd-lsp"];
  const chosen = launch({ serverCommand: ["/opt/tool", "run", "pd-lsp"], serverPython: "/opt/python" }, { programs });
  assert.deepEqual(chosen, { command: "/opt/tool", args: ["run", "pd-lsp", "serve", "--stdio"] });
});

test("the interpreter that the person chose comes before PATH", () => {
  const chosen = launch({ serverPython: "/opt/python" }, { programs: ["/opt/python", "/usr/bin/pd-lsp"] });
  assert.deepEqual(chosen, { command: "/opt/python", args: ["-m", "pd_lsp", "serve", "--stdio"] });
});

test("without settings pd-lsp is started from PATH by its whole path", () => {
  const chosen = launch({}, { searchPath: "/bin:/usr/bin:/opt/bin", programs: ["/usr/bin/pd-lsp", "/opt/bin/pd-lsp"] });
  assert.deepEqual(chosen, { command: "/usr/bin/pd-lsp", args: ["serve", "--stdio"] });
});

test("the sandbox and the interpreter of steps become arguments of serve", () => {
  const chosen = launch({ sandbox: true, stepPython: "/opt/steps/python" }, { programs: ["/usr/bin/pd-lsp"] });
  assert.deepEqual(chosen, {
    command: "/usr/bin/pd-lsp",
    args: ["serve", "--stdio", "--sandbox", "--python", "/opt/steps/python"],
  });
});

test("a machine without pd-lsp is told which setting to fill", () => {
  assert.match(problemOf(launch({})), /pdLsp\.server\.python/);
});

test("a relative program in a setting is refused, because the open folder could hold it", () => {
  assert.match(problemOf(launch({ serverPython: "python" }, { programs: ["python"] })), /whole path/);
  assert.match(problemOf(launch({ serverCommand: ["./pd-lsp"] }, { programs: ["./pd-lsp"] })), /whole path/);
});

test("a setting that names nothing is reported by its name and not skipped", () => {
  const problem = problemOf(launch({ serverPython: "/gone/python" }, { programs: ["/usr/bin/pd-lsp"] }));
  assert.match(problem, /pdLsp\.server\.python.*\/gone\/python/);
});

test("relative and empty entries of PATH are not searched", () => {
  const programs = ["pd-lsp", "node_modules/.bin/pd-lsp", "./pd-lsp"];
  assert.ok("problem" in launch({}, { searchPath: ":.:node_modules/.bin", programs }));
});

test("a folder without trust cannot offer its own pd-lsp through PATH", () => {
  const programs = ["/home/me/project/.venv/bin/pd-lsp", "/home/me/project-two/bin/pd-lsp"];
  const searchPath = "/home/me/project/.venv/bin:/home/me/project-two/bin";
  const chosen = launch({}, { searchPath, programs, untrustedFolders: ["/home/me/project"] });
  assert.deepEqual(chosen, { command: "/home/me/project-two/bin/pd-lsp", args: ["serve", "--stdio"] });
});

test("a trusted folder may offer its own pd-lsp through PATH", () => {
  const programs = ["/home/me/project/.venv/bin/pd-lsp"];
  assert.ok("command" in launch({}, { searchPath: "/home/me/project/.venv/bin", programs }));
});

test("on Windows the executable is found, in any case of the folder's name kept out without trust", () => {
  const machine = { platform: "win32", searchPath: "C:\\Work\\bin;D:\\tools" } as const;
  const programs = ["C:\\Work\\bin\\pd-lsp.exe", "D:\\tools\\pd-lsp.exe"];
  const chosen = launch({}, { ...machine, programs, untrustedFolders: ["c:\\work"] });
  assert.deepEqual(chosen, { command: "D:\\tools\\pd-lsp.exe", args: ["serve", "--stdio"] });
});

test("a terminal is given the program that starts the server, by the same rules and without the server's arguments", () => {
  const programs = ["/opt/tool", "/usr/bin/pd-lsp", "/w/bin/pd-lsp"];
  const machine: Machine = {
    platform: "linux",
    searchPath: "/w/bin:/usr/bin",
    untrustedFolders: ["/w"],
    isProgram: (file) => programs.includes(file),
  };
  const set = { ...nothingSet, sandbox: true, stepPython: "/opt/steps/python" };
  assert.deepEqual(chooseProgram(set, machine), { command: "/usr/bin/pd-lsp", args: [] });
  assert.deepEqual(chooseProgram({ ...set, serverCommand: ["/opt/tool", "run"] }, machine), {
    command: "/opt/tool",
    args: ["run"],
  });
  assert.match(problemOf(chooseProgram({ ...set, serverPython: "python" }, machine)), /whole path/);
});
