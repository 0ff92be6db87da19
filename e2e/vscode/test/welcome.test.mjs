/** What the side view says where it has nothing to show, each with a button that leads on. */
import { after, test } from "node:test";

import { OF_TESTS } from "../src/editor_server.mjs";
import { SideView } from "../src/side_view.mjs";
import { Window } from "../src/window.mjs";

const SIGNED_IN = {
  PIPEDREAM_PROJECT_ID: "proj_abc",
  PIPEDREAM_PROJECT_ENVIRONMENT: "development",
  PD_LSP_EXTERNAL_USER_ID: "me",
  PIPEDREAM_CLIENT_ID: "client",
  PIPEDREAM_CLIENT_SECRET: "made-up-secret",
};
// Nothing answers there: port 9 is for discarding what comes.
const OFFLINE = { HTTPS_PROXY: "http://127.0.0.1:9", NO_PROXY: "127.0.0.1,localhost" };
const RESTRICTED = { "security.workspace.trust.enabled": true, "security.workspace.trust.startupPrompt": "never" };

let window;
after(() => window?.close());

test("where Pipedream can’t be reached, it says so, and trying again says why", async () => {
  const machine = { ...OF_TESTS, "pdLsp.sandbox": false };
  window = await Window.open("welcome-offline", { machine, environment: { ...SIGNED_IN, ...OFFLINE } });
  const side = new SideView(window);
  await side.open();
  const welcome = await side.welcome("Pipedream could not be asked for your accounts.");
  await side.status("proj_abc · development · offline");
  await welcome.locator(".monaco-button", { hasText: "Try Again" }).click();
  await window.page.locator(".notification-toast", { hasText: "reached" }).first().waitFor();
  await window.picture("offline");
});

test("where no folder is open, it offers to open one", async () => {
  await window.page.goto(new URL("/?ew=true", window.page.url()).href);
  const side = new SideView(window);
  await side.open();
  const welcome = await side.welcome("No folder is open.");
  await welcome.locator(".monaco-button", { hasText: "Open Folder" }).waitFor();
  await window.picture("no-folder");
  await window.close();
});

test("in a restricted window it says what is not done, and offers trust, upon which the lines come", async () => {
  window = await Window.open("welcome-restricted", { settings: RESTRICTED });
  const side = new SideView(window);
  await side.open();
  const welcome = await side.welcome("This window is restricted");
  await side.status("Restricted");
  await window.picture("restricted");
  await welcome.locator(".monaco-button", { hasText: "Manage Trust" }).click();
  await window.page.locator(".workspace-trust-editor .monaco-button", { hasText: "Trust" }).first().click();
  await side.line("GitHub", "2 accounts");
  await side.line("parse_body", "not run here yet");
});
