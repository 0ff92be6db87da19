import assert from "node:assert/strict";
import { test } from "node:test";

import { adapterOf, cleaned, configurationOf } from "../src/debugSession";

test("a configuration holds names and nothing else", () => {
  assert.deepEqual(configurationOf("0a1b"), {
    type: "pd-lsp",
    request: "attach",
    name: "Pipedream step",
    session: "0a1b",
  });
});

test("what a folder's configuration adds is left out", () => {
  const hostile = {
    ...configurationOf("0a1b"),
    request: "launch",
    env: { TOKEN: "1" },
    python: "/w/python",
    program: "/w/evil.py",
    pathMappings: [{ localRoot: "/w", remoteRoot: "/" }],
    processId: 1,
    justMyCode: false,
  };
  assert.deepEqual(cleaned(hostile), { ...configurationOf("0a1b"), justMyCode: false });
});

test("without a step that waits there is nothing to attach to", () => {
  for (const session of [undefined, "", 1, null]) {
    assert.equal(cleaned({ type: "pd-lsp", request: "attach", name: "x", session }), undefined);
  }
});

test("the adapter is a command of the program that is the server", () => {
  const program = { command: "/usr/bin/python3", args: ["-m", "pd_lsp"] };
  assert.deepEqual(adapterOf(program), { command: "/usr/bin/python3", args: ["-m", "pd_lsp", "debug-adapter"] });
});
