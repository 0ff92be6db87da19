/** Signing in as a person does: signed out, the list of ways, a terminal that hides the secret, then the accounts. */
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";

import { OF_TESTS } from "../src/editor_server.mjs";
import { startKeyring, startSandbox } from "../src/pipedream.mjs";
import { SideView } from "../src/side_view.mjs";
import { Window } from "../src/window.mjs";

let sandbox;
let keyring;
let window;
let side;
before(async () => {
  sandbox = await startSandbox();
  keyring = await startKeyring();
  window = await Window.open("signing-in", {
    settings: { "terminal.integrated.gpuAcceleration": "off" },
    machine: { ...OF_TESTS, "pdLsp.sandbox": false },
    environment: { ...sandbox.environment, ...keyring.environment },
  });
  side = new SideView(window);
});
after(async () => {
  await window?.close();
  await keyring?.stop();
  await sandbox?.stop();
});

test("who is signed out reads so in the side view and in the status bar, with a button that leads on", async () => {
  await side.open();
  await side.welcome("You are signed out.");
  await side.status("Signed out");
  await window.picture("signed-out");
});

test("the list of ways has one for each place that a secret can be in", async () => {
  const welcome = await side.welcome("You are signed out.");
  await welcome.locator(".monaco-button", { hasText: "Sign In" }).click();
  const ways = window.page.locator(".quick-input-list .monaco-list-row");
  for (const way of ["OAuth client", "from a command", "Variables of the environment", "keep an app’s keys here"]) {
    await ways.filter({ hasText: way }).first().waitFor();
  }
  await window.picture("ways");
});

test("what is secret is typed into a terminal, which does not show it, and goes into the keyring", async () => {
  await window.page.locator(".quick-input-list .monaco-list-row", { hasText: "OAuth client" }).first().click();
  await answer("Connect project (proj_…):", sandbox.project_id);
  await answer("Your external user id in it:", sandbox.external_user_id);
  await answer("Id of your OAuth client:", sandbox.client_id);
  await answer("Secret of your OAuth client (unseen):", sandbox.client_secret);
  await terminal("Signed in to proj_sandbox (development) as sandbox-user. It has 16 connected accounts.");
  await window.picture("typed");
  const shown = await terminal(sandbox.external_user_id);
  assert.ok(!shown.includes(sandbox.client_secret), "the secret stands in the terminal");
  assert.deepEqual(await keyring.kept(), { [`client_secret:${sandbox.client_id}`]: sandbox.client_secret });
});

test("the accounts are there by themselves, and the status bar names project and environment", async () => {
  await side.line("GitHub", "2 accounts");
  await side.status("proj_sandbox · development");
  await window.picture("signed-in");
});

test("neither settings nor any other file of the person’s holds the secret", () => {
  assert.ok(window.filesHolding("").some((file) => path.basename(file) === "settings.json"));
  // The sandbox inside the extension is where the secret that is typed here comes from.
  const holding = window
    .filesHolding(sandbox.client_secret)
    .filter((file) => !file.startsWith(path.join(window.home, "extensions")));
  assert.deepEqual(holding, []);
});

test("the terminal closes when it was read, and signing out empties the side view", async () => {
  await window.page.locator(".terminal-wrapper.active .xterm").click();
  await window.page.keyboard.press("Enter");
  await window.page.locator(".terminal-wrapper").waitFor({ state: "detached" });
  await window.command("Pipedream: Sign Out");
  await terminal("Press Enter to close.");
  await side.welcome("You are signed out.");
  assert.deepEqual(await keyring.kept(), {});
});

/** Types an answer once the terminal asks. */
async function answer(question, text) {
  await terminal(question);
  await window.type(text);
  await window.page.keyboard.press("Enter");
}

/** What the terminal shows, once it holds `text`; lines that the terminal has broken are one. */
async function terminal(text) {
  return window.terminal(text);
}
