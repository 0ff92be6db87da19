import assert from "node:assert/strict";
import { test } from "node:test";

import { findPython, onPath, type Candidate, type Said } from "../src/findPython";
import type { Machine } from "../src/places";

const FITTING: Said = {
  implementation: "cpython",
  version: "3.12.4",
  platform: "linux-x86_64",
  isFreeThreaded: false,
  path: "/usr/bin/python3",
};

/** A machine with these programs, which say these things; `links` lead elsewhere. */
class Fake implements Machine {
  readonly platform: NodeJS.Platform = "linux";
  readonly arch: string = "x64";
  readonly searchPath: string = "/usr/bin";
  readonly openFolders: readonly string[] = ["/w"];
  readonly untrustedFolders: readonly string[] = [];
  readonly links: Readonly<Record<string, string>> = {};
  readonly asked: string[] = [];

  constructor(
    readonly programs: Readonly<Record<string, Partial<Said> | undefined>>,
    about: Partial<Fake> = {},
  ) {
    Object.assign(this, about);
  }

  isProgram = (file: string) => file in this.programs;
  realPath = (file: string) => this.links[file] ?? file;

  /** Looks for a Python; `offered` is what the extensions answer. */
  async find(...offered: (string | undefined)[]) {
    const offers = offered.map((command) => () => Promise.resolve(command === undefined ? undefined : of(command)));
    return findPython(offers, this, ({ command }) => {
      this.asked.push(command);
      const said = this.programs[command];
      return Promise.resolve(said && { ...FITTING, path: command, ...said });
    });
  }
}

function of(command: string): Candidate {
  return { command, args: [], from: "ms-python.python" };
}

test("the Python that an extension has selected comes before PATH, which is not even asked", async () => {
  const machine = new Fake({ "/opt/py/bin/python": {}, "/usr/bin/python3": {} });
  const found = await machine.find(undefined, "/opt/py/bin/python");
  assert.deepEqual(found, { path: "/opt/py/bin/python", version: "3.12.4", from: "ms-python.python" });
  assert.deepEqual(machine.asked, ["/opt/py/bin/python"]);
});

test("without an extension it is the first fitting one of PATH", async () => {
  const programs = { "/usr/bin/python3": { version: "3.9.2" }, "/usr/bin/python3.11": { version: "3.11.2" } };
  assert.deepEqual(await new Fake(programs).find(), { path: "/usr/bin/python3.11", version: "3.11.2", from: "PATH" });
});

const UNFIT: [string, Partial<Said>][] = [
  ["too old", { version: "3.9.18" }],
  ["newer than the libraries inside the extension", { version: "3.15.0" }],
  ["of another implementation", { implementation: "pypy" }],
  ["free-threaded, for which those libraries are not made", { isFreeThreaded: true }],
  ["made for another processor", { platform: "linux-aarch64" }],
  ["of 32 bits", { platform: "win32" }],
];

for (const [what, said] of UNFIT) {
  test(`a Python that is ${what} is passed over`, async () => {
    const machine = new Fake({ "/opt/other/python": said, "/usr/bin/python3": {} });
    assert.equal((await machine.find("/opt/other/python"))?.path, "/usr/bin/python3");
    assert.deepEqual(machine.asked, ["/opt/other/python", "/usr/bin/python3"]);
  });
}

test("no Python of an open folder is started, whoever offers it, trusted or not (D7)", async () => {
  const programs = { "/w/.venv/bin/python": {}, "/w/.venv/bin/python3": {} };
  const machine = new Fake(programs, { searchPath: "/w/.venv/bin" });
  assert.equal(await machine.find("/w/.venv/bin/python"), undefined);
  assert.deepEqual(machine.asked, []);
});

test("nor is one that a link leads to, in whichever part of its path", async () => {
  const programs = { "/home/me/bin/python3": {}, "/home/me/env/bin/python3": {} };
  const links = { "/home/me/bin/python3": "/w/evil", "/home/me/env/bin": "/w/.venv/bin" };
  const machine = new Fake(programs, { searchPath: "/home/me/bin:/home/me/env/bin", links });
  assert.equal(await machine.find(), undefined);
  assert.deepEqual(machine.asked, []);
});

test("a folder that is open under a link counts by both its names", async () => {
  const machine = new Fake({ "/disk/w/bin/python3": {} }, { searchPath: "/disk/w/bin", links: { "/w": "/disk/w" } });
  assert.equal(await machine.find(), undefined);
});

test("of a shim the program that it chose is taken, unless that lies in an open folder", async () => {
  const shim = "/home/me/.pyenv/shims/python3";
  const real = "/home/me/.pyenv/versions/3.12.4/bin/python3";
  const searchPath = "/home/me/.pyenv/shims";
  const honest = new Fake({ [shim]: { path: real }, [real]: {} }, { searchPath });
  assert.equal((await honest.find())?.path, real);
  const inside = new Fake({ [shim]: { path: "/w/bin/python3" }, "/w/bin/python3": {} }, { searchPath });
  assert.equal(await inside.find(), undefined);
});

test("relative and empty entries of PATH are not searched", async () => {
  const machine = new Fake({ python3: {}, "bin/python3": {}, "./python3": {} }, { searchPath: ":.:bin" });
  assert.equal(await machine.find("bin/python3"), undefined);
  assert.deepEqual(machine.asked, []);
});

test("on Windows the aliases that open the Store are left alone, and the launcher is asked last", () => {
  const alias = "C:\\Users\\me\\AppData\\Local\\Microsoft\\WindowsApps";
  const programs = { [`${alias}\\python3.exe`]: {}, [`${alias}\\python.exe`]: {}, [`${alias}\\py.exe`]: {} };
  const windows = { platform: "win32", searchPath: `${alias};C:\\Windows`, openFolders: [] } as const;
  const expected = { command: `${alias}\\py.exe`, args: ["-3"], from: "py" };
  assert.deepEqual(onPath(new Fake(programs, windows)), [expected]);
  const both = new Fake({ ...programs, "C:\\Windows\\python.exe": {} }, windows);
  assert.deepEqual(onPath(both), [{ command: "C:\\Windows\\python.exe", args: [], from: "PATH" }, expected]);
});

test("on macOS Apple's own python3 is left alone: it may ask to install developer tools", async () => {
  const programs = { "/usr/bin/python3": {}, "/opt/homebrew/bin/python3": { platform: "macosx-14.0-arm64" } };
  const mac = { platform: "darwin", arch: "arm64", searchPath: "/usr/bin:/opt/homebrew/bin" } as const;
  const machine = new Fake(programs, mac);
  assert.equal((await machine.find())?.path, "/opt/homebrew/bin/python3");
  assert.deepEqual(machine.asked, ["/opt/homebrew/bin/python3"]);
});
