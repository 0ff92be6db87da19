/** Signed in by variables of the environment, without a keyring, to the environment production. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { OF_TESTS } from "../src/editor_server.mjs";
import { startSandbox } from "../src/pipedream.mjs";
import { SideView } from "../src/side_view.mjs";
import { Window } from "../src/window.mjs";

let sandbox;
let window;
let side;
before(async () => {
  sandbox = await startSandbox();
  const signIn = {
    PIPEDREAM_PROJECT_ID: sandbox.project_id,
    PIPEDREAM_PROJECT_ENVIRONMENT: "production",
    PD_LSP_EXTERNAL_USER_ID: sandbox.external_user_id,
    PIPEDREAM_CLIENT_ID: sandbox.client_id,
    PIPEDREAM_CLIENT_SECRET: sandbox.client_secret,
  };
  const machine = { ...OF_TESTS, "pdLsp.sandbox": false };
  window = await Window.open("production", { machine, environment: { ...sandbox.environment, ...signIn } });
  side = new SideView(window);
});
after(async () => {
  await window?.close();
  await sandbox?.stop();
});

test("the status item says PRODUCTION, in the colour of warnings, to eyes and to screen readers", async () => {
  await side.open();
  const item = await side.status("proj_sandbox · PRODUCTION");
  assert.match(await item.getAttribute("class"), /warning-kind/);
  assert.match(await item.getAttribute("aria-label"), /Pipedream: proj_sandbox · PRODUCTION/);
  await side.line("OpenAI");
  await window.picture("status");
});

test("so does the account itself", async () => {
  const app = await side.line("OpenAI");
  await app.click();
  await window.page.keyboard.press("ArrowRight");
  await side.line("PRODUCTION");
  await window.picture("account");
});

test("a click lists what one can do, first what is most likely wanted", async () => {
  await (await side.status("PRODUCTION")).click();
  const rows = window.page.locator(".quick-input-list .monaco-list-row");
  for (const choice of ["Show accounts", "Refresh accounts", "Connect an account…", "Sign out"]) {
    await rows.filter({ hasText: choice }).waitFor();
  }
  await window.picture("choices");
});
