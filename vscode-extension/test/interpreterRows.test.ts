import assert from "node:assert/strict";
import { test } from "node:test";

import { interpreterRows, type InterpreterFacts } from "../src/interpreterRows";
import { parseServerFacts, parseStepPython } from "../src/serverAnswers";

const FACTS: InterpreterFacts = {
  home: "/home/me",
  program: {
    command: "/home/me/py/bin/python",
    args: ["-I", "/x"],
    from: "extension",
    python: { path: "/home/me/py/bin/python", version: "3.12.4", from: "ms-python.vscode-python-envs" },
  },
  server: parseServerFacts({ python: "3.12.4", executable: "/home/me/py/bin/python" }),
  step: {
    name: "post",
    python: parseStepPython({ path: "/home/me/.cache/e/bin/python", version: "3.12", why: "packages", missing: [] }),
  },
  selected: [
    { folder: "tools", python: { python: "/w/.venv/bin/python", version: "3.11.2", from: "ms-python.python" } },
  ],
  follows: false,
};

function row(beginning: string, facts: Partial<InterpreterFacts> = {}) {
  const found = interpreterRows({ ...FACTS, ...facts }).find(({ label }) => label.startsWith(beginning));
  assert.ok(found, `no line begins with “${beginning}”`);
  return found;
}

test("the server's Python, the step's and the selected one are three lines, each with version, path and setting", () => {
  assert.deepEqual(
    interpreterRows(FACTS).map(({ label, description, setting }) => [label, description, setting]),
    [
      ["Server: Python 3.12.4", "~/py/bin/python", "pdLsp.server.python"],
      ["Step post: Python 3.12", "~/.cache/e/bin/python", "pdLsp.step.python"],
      ["Selected in VS Code for tools: Python 3.11.2", "/w/.venv/bin/python", "pdLsp.step.selectedEnvironment"],
    ],
  );
});

test("each says where it comes from", () => {
  assert.match(row("Server").detail, /^Inside the extension, Python found by the Python Environments extension\.$/);
  assert.match(row("Step").detail, /^An environment of pd-lsp, with what the step imports\.$/);
  assert.match(row("Selected").detail, /do not run in it/);
  assert.match(row("Selected", { follows: true }).detail, /^Steps of this folder run in it/);
});

test("packages that a run would ask about are named", () => {
  const python = parseStepPython({ path: "/usr/bin/python3", version: null, why: "machine", missing: ["slack-sdk"] });
  const { label, detail } = row("Step", { step: { name: "post", python } });
  assert.equal(label, "Step post: Python");
  assert.match(detail, /A run first asks whether to install slack-sdk\./);
});

test("what is not there is said in its place: no Python, no server, no step, no answer", () => {
  assert.equal(row("Server: no Python", { program: { problem: "Install one." } }).detail, "Install one.");
  assert.match(row("Server: Python 3.12.4", { server: null }).detail, /It does not run now\.$/);
  assert.match(row("Steps: open one", { step: undefined }).detail, /depends on its folder/);
  assert.match(row("Step post: not known", { step: { name: "post", python: null } }).detail, /untrusted/);
});
