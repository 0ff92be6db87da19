import assert from "node:assert/strict";
import { test } from "node:test";

import { withoutNames, withTilde } from "../src/shownPath";

const ZAPHOD = { home: "/home/zaphod", user: "zaphod" };

test("the home folder is a tilde, and a folder that only begins like it is none", () => {
  assert.equal(withTilde("/home/zaphod/py/bin/python", ZAPHOD.home), "~/py/bin/python");
  assert.equal(withTilde("/home/zaphodson/python", ZAPHOD.home), "/home/zaphodson/python");
  assert.equal(withTilde("/usr/bin/python3", ""), "/usr/bin/python3");
});

test("a person's name is left out wherever it stands, on Windows too", () => {
  const owner = { home: "C:\\Users\\Zaphod", user: "Zaphod" };
  assert.equal(withoutNames("C:\\Users\\Zaphod\\py\\python.exe", owner), "~\\py\\python.exe");
  assert.equal(withoutNames("D:\\homes\\zaphod\\python.exe", owner), "D:\\homes\\…\\python.exe");
  assert.equal(withoutNames("/home/zaphodson/python", ZAPHOD), "/home/zaphodson/python");
});

test("a part that looks like a key is left out, and versions of Python stay", () => {
  assert.equal(withoutNames("/opt/xoxb-1234567890-abcdefghijkl/bin/python", ZAPHOD), "/opt/…/bin/python");
  assert.equal(
    withoutNames("/home/zaphod/.pyenv/versions/3.12.4/bin/python3.12", ZAPHOD),
    "~/.pyenv/versions/3.12.4/bin/python3.12",
  );
});
