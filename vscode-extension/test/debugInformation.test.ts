/** A report holds what its list names and nothing else, whatever stands in settings, paths and answers (D19). */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { debugInformation, type DebugFacts, type SettingSchema } from "../src/debugInformation";
import { parseServerFacts, parseStepPython } from "../src/serverAnswers";

const TOKENS = [
  "xoxb-1234567890-abcdefghijkl",
  "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
  "sk-proj-Ab3dE5fG7hI9jK1lM3nO5",
  "AKIAIOSFODNN7EXAMPLE",
];
const SECRET = new RegExp(TOKENS.join("|"));

const { properties } = (
  JSON.parse(readFileSync("package.json", "utf8")) as {
    contributes: { configuration: { properties: Record<string, SettingSchema> } };
  }
).contributes.configuration;

const FACTS: DebugFacts = {
  owner: { home: "/home/zaphod", user: "zaphod" },
  extension: "0.1.0",
  editor: "1.139.1",
  app: "Visual Studio Code",
  isWeb: false,
  remote: undefined,
  platform: "linux",
  arch: "x64",
  isTrusted: true,
  folders: 2,
  program: {
    command: "/home/zaphod/py/bin/python",
    args: ["-I", "/x"],
    from: "extension",
    python: { path: "/home/zaphod/py/bin/python", version: "3.12.4", from: "PATH" },
  },
  server: parseServerFacts({
    version: "0.1.0",
    python: "3.12.4",
    implementation: "cpython",
    executable: "/home/zaphod/py/bin/python",
    system: "Linux",
    machine: "x86_64",
    sandbox: false,
    signIn: "connect",
    accounts: 3,
    complete: true,
    minutesOld: 5,
    documents: 1,
    trustedFolders: 2,
  }),
  step: parseStepPython({ path: "/home/zaphod/secret-project/.venv/bin/python", version: "3.11.2", why: "editor" }),
  settings: [],
};

test("it holds versions, places, trust, counts and kinds", () => {
  assert.deepEqual(debugInformation(FACTS).split("\n"), [
    "### pd-lsp",
    "",
    "- Extension: 0.1.0",
    "- VS Code: 1.139.1 (Visual Studio Code), desktop",
    "- Remote: no",
    "- System: linux x64",
    "- Window: trusted, 2 folders",
    "- Server: running, 0.1.0",
    "- Server from: inside the extension, Python found on PATH",
    "- Python of the server: cpython 3.12.4 on Linux x86_64, ~/py/bin/python",
    "- Sandbox: no",
    "- Sign-in: connect",
    "- Accounts: 3, listed 5 minutes ago",
    "- Open documents: 1",
    "- Trusted folders: 2",
    "- Python of the open step: 3.11.2, editor",
    "",
  ]);
});

test("of a setting there is the value only where it is a yes or no; of any other, that it is set", () => {
  const values: Record<string, unknown> = {
    "pdLsp.server.command": ["/usr/bin/env", `TOKEN=${TOKENS[0]}`],
    "pdLsp.server.python": `/opt/${TOKENS[1]}/python`,
    "pdLsp.sandbox": true,
    "pdLsp.inlayHints": TOKENS[2],
    "pdLsp.trace.server": "verbose",
    "pdLsp.rules": { [TOKENS[3] ?? ""]: "off" },
  };
  const settings = Object.entries(properties).map(([name, schema]) => ({ name, schema, value: values[name] }));
  const said = debugInformation({ ...FACTS, settings });
  assert.doesNotMatch(said, SECRET);
  assert.match(said, /pdLsp\.server\.command: set\n.*pdLsp\.server\.python: set\n/s);
  assert.match(said, /pdLsp\.step\.python: not set\n/);
  assert.match(said, /pdLsp\.sandbox: true\n.*pdLsp\.rules: set\n.*pdLsp\.trace\.server: verbose\n/s);
  assert.match(said, /pdLsp\.inlayHints: set\n/, "no value of another type than the setting's");
});

for (const token of TOKENS) {
  test(`a folder of PATH that is called ${token} is blanked`, () => {
    const executable = `/opt/${token}/bin/python`;
    const server = FACTS.server && { ...FACTS.server, executable };
    assert.doesNotMatch(debugInformation({ ...FACTS, server }), SECRET);
  });
}

test("what the server answers is taken only where it is a version, a number or a word of the list", () => {
  const names = Object.keys(FACTS.server ?? {}).filter((name) => name !== "executable");
  for (const token of TOKENS) {
    const server = parseServerFacts(Object.fromEntries(names.map((name) => [name, token])));
    const hostile = { extension: token, editor: token, app: token, remote: token };
    const step = parseStepPython({ path: token, version: token, why: "own" });
    assert.doesNotMatch(debugInformation({ ...FACTS, ...hostile, server, step }), SECRET);
  }
});

test("no path that a person wrote into a setting is shown, whatever the server says it runs in", () => {
  const program = { command: "/opt/mine/python", args: [], from: "pdLsp.server.python" } as const;
  const said = debugInformation({ ...FACTS, program });
  assert.doesNotMatch(said, /\/py\/bin|mine/);
  assert.match(said, /Server from: the setting pdLsp\.server\.python\n/);
});

test("without a server it says so, and why", () => {
  const said = debugInformation({ ...FACTS, program: { problem: `${TOKENS[0]} is no program` }, server: null });
  assert.match(said, /Server: not running\n- Server from: nowhere/);
  assert.doesNotMatch(said, SECRET);
});
