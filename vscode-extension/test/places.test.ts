import assert from "node:assert/strict";
import { test } from "node:test";

import { isInside, type Machine } from "../src/places";

function machine(links: Readonly<Record<string, string>> = {}, platform: NodeJS.Platform = "linux"): Machine {
  return {
    platform,
    arch: "x64",
    searchPath: "",
    openFolders: [],
    untrustedFolders: [],
    isProgram: () => true,
    realPath: (file) => links[file] ?? file,
  };
}

test("a file lies in a folder by its name, and a folder with a similar name is another one", () => {
  assert.equal(isInside("/w/.venv/bin/python", ["/w"], machine()), true);
  assert.equal(isInside("/w2/bin/python", ["/w"], machine()), false);
  assert.equal(isInside("/w/..python", ["/w"], machine()), true);
});

test("links count in both directions: of the file, of the folder around it, and of the folder that is open", () => {
  assert.equal(isInside("/home/me/python", ["/w"], machine({ "/home/me/python": "/w/python" })), true);
  assert.equal(isInside("/home/me/bin/python", ["/w"], machine({ "/home/me/bin": "/w/.venv/bin" })), true);
  assert.equal(isInside("/disk/w/python", ["/w"], machine({ "/w": "/disk/w" })), true);
  assert.equal(isInside("/w/python", ["/w"], machine({ "/w/python": "/usr/bin/python3" })), true);
});

test("on Windows letters of any case are the same", () => {
  assert.equal(isInside("C:\\Work\\py\\python.exe", ["c:\\work"], machine({}, "win32")), true);
  assert.equal(isInside("D:\\Work\\python.exe", ["c:\\work"], machine({}, "win32")), false);
});
