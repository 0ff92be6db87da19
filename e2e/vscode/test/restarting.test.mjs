/** The server's death: once it comes back by itself, the second time the person is told and can start it again. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { until } from "../src/editor_server.mjs";
import { SideView } from "../src/side_view.mjs";
import { Window } from "../src/window.mjs";

let window;
let side;
before(async () => {
  window = await Window.open("restarting");
  side = new SideView(window);
  await window.openStep("post_message/entry.py");
});
after(() => window?.close());

test("a server that is killed comes back by itself, and completes with what was typed meanwhile", async () => {
  const [first] = await servers();
  await window.goTo(6, 100);
  process.kill(first, "SIGKILL");
  await until(async () => (await servers()).some((pid) => pid !== first), "no other server was started");
  await window.type('\nauth = pd.inputs["slack"]["$auth"]');
  await side.status("Sandbox");
  await window.goTo(7, 100);
  await window.type('\nkey = auth["');
  assert.ok((await window.suggestions("oauth_access_token")).includes("oauth_uid"));
  await window.page.keyboard.press("Escape");
});

test("one that is killed again is started by the button of the message that says so", async () => {
  const [second] = await servers();
  process.kill(second, "SIGKILL");
  const message = window.page.locator(".notification-toast", { hasText: "pd-lsp ended" });
  await message.waitFor();
  await window.picture("ended");
  assert.deepEqual(await servers(), []);
  await message.locator(".monaco-button", { hasText: "Restart" }).click();
  await side.status("Sandbox");
  await window.goTo(8, 100);
  await window.type('\nother = pd.inputs["slack"]["$auth"]["');
  assert.ok((await window.suggestions("oauth_access_token")).includes("oauth_uid"));
});

/** The language servers of this window, by their arguments and their home. */
async function servers() {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const argv = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
        const environment = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
        return argv.includes("pd_lsp") && argv.includes("serve") && environment.includes(`HOME=${window.home}`);
      } catch {
        return false; // it has just ended
      }
    });
}
