/** The server's log: opened by a command, and without secrets, also where the person traces every message. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";

import { OF_TESTS, until } from "../src/editor_server.mjs";
import { Window } from "../src/window.mjs";

const LOGS = "data/logs";

let window;
before(async () => {
  window = await Window.open("log", { machine: { ...OF_TESTS, "pdLsp.trace.server": "verbose" } });
  // The step hands its secret to the test, and then does all that could bring it into a log.
  window.write(
    "team-tools/new-sign-up-p_V9Ch2Lk/tells_all/entry.py",
    `from pathlib import Path


def handler(pd):
    token = pd.inputs["slack"]["$auth"]["oauth_access_token"]
    Path(${JSON.stringify(path.join(window.home, "token"))}).write_text(token)
    print("the token is", token)
    pd.export("token", token)
    raise KeyError(token)
`,
  );
  await window.openStep("tells_all/entry.py");
});
after(() => window?.close());

test("a secret that a step prints, exports and raises is not on the screen, nor in any log", async () => {
  await window.command("Developer: Set Log Level");
  await choose("pd-lsp");
  await choose("Trace");
  await window.lens("Run step");
  await window.answer("Run once");
  await window.output("Raised after");
  const secret = readFileSync(path.join(window.home, "token"), "utf8");
  assert.ok(secret.length > 20, "the step got no token");
  assert.ok(!(await window.page.content()).includes(secret), "the secret is on the screen");

  await window.command("Pipedream: Show the Language Server's Log");
  await window.page.locator(".output-view .view-line").first().waitFor();
  const isTraced = () => window.filesHolding("the token is", LOGS).some((file) => path.basename(file) === "pd-lsp.log");
  await until(isTraced, "what the step printed was not traced");
  await window.picture("verbose");
  assert.ok(!(await window.page.content()).includes(secret), "the log shows the secret");
  assert.deepEqual(window.filesHolding(secret, LOGS), []);
});

async function choose(label) {
  const row = window.page.locator(".quick-input-list .monaco-list-row", { hasText: label }).first();
  await row.click();
  await row.waitFor({ state: "hidden" });
}
