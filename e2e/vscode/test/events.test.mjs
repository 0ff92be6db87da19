/** “Run Step with Event…”: an event that is saved, one that is captured, edited, new, of an earlier run, of Pipedream. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";

import { until } from "../src/editor_server.mjs";
import { Window } from "../src/window.mjs";

const STEP = "parse_body/entry.py";

let window;
before(async () => {
  window = await Window.open("events");
  await window.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
});
after(() => window?.close());

test("a step runs with the saved event that is chosen, which stands first the next time", async () => {
  await ask();
  await window.picture("list");
  await row("2-body-as-text").click();
  await window.answer("Run once");
  await window.output("handler with 2-body-as-text.json");
  await done();
  await ask();
  const first = window.page.locator(".quick-input-list .monaco-list-row").first();
  assert.match(await first.innerText(), /2-body-as-text[\s\S]*as the last time/);
  await window.page.keyboard.press("Escape");
});

test("an event is captured from a real HTTP request, and the step runs with it", async () => {
  await ask();
  await row("Capture one").click();
  await name("captured");
  await window.output("Listening at http://127.0.0.1:");
  await window.picture("listening");
  const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(await window.outputShown());
  const body = { name: "grace hopper", email: "Grace@Example.com", plan: "free" };
  const answer = await fetch(address, { method: "POST", body: JSON.stringify(body), headers: JSON_TYPE });
  assert.equal(answer.status, 200);
  await toast("“captured” is captured", "Run with It");
  await window.answer("Run once");
  await window.output("handler with captured.json");
  await window.output('"email":"grace@example.com"');
  await done();
  assert.deepEqual(JSON.parse(readFileSync(event("captured"), "utf8")).event.body, body);
});

test("an event is edited, and the step runs with it again once it is saved", async () => {
  await ask();
  await row("Edit an event").click();
  await row("captured").click();
  await window.page.locator(".tab.active", { hasText: "captured.json" }).waitFor();
  await window.page.locator(".editor-instance .view-line").first().click();
  await window.page.keyboard.press("Control+a");
  await paste('{"event": {"body": {"name": "alan", "email": "alan@example.com"}}}');
  await window.page.keyboard.press("Control+s");
  await toast("“captured” is saved", "Run with It");
  await window.answer("Run once");
  await window.output('"email":"alan@example.com"');
  await done();
});

test("a new event is written where pd-lsp looks for it, and nothing is before the person saves it", async () => {
  await ask();
  await row("New event").click();
  await name("mine");
  await window.page.locator(".tab.active", { hasText: "mine.json" }).waitFor();
  await window.shows('"method": "POST"');
  assert.equal(existsSync(event("mine")), false);
  await window.page.locator(".editor-instance .view-line").first().click();
  await window.page.keyboard.press("Control+a");
  await paste('{"event": {"body": {"name": "mary", "email": "mary@example.com"}}}');
  await window.page.keyboard.press("Control+s");
  await until(() => existsSync(event("mine")), "the event was not saved");
  await toast("“mine” is saved", "Run with It");
  await window.answer("Run once");
  await window.output('"email":"mary@example.com"');
  await done();
});

test("the event of an earlier run is saved, and the step runs with it", async () => {
  await ask();
  await row("Save the event of an earlier run").click();
  await row("succeeded").click();
  await name("kept");
  await window.answer("Run once");
  await window.output("handler with kept.json");
  await done();
  assert.equal(JSON.parse(readFileSync(event("kept"), "utf8")).event.body.email, "mary@example.com");
});

test("an event that Pipedream keeps is saved, and the step runs with it", async () => {
  await ask();
  await row("Events that Pipedream keeps").click();
  const kept = window.page.locator(".quick-input-list .monaco-list-row", { hasText: "2026-" });
  await kept.first().waitFor();
  await window.picture("of-pipedream");
  await kept.first().click();
  await window.answer("Run once");
  await done();
  await window.picture("ran");
});

const JSON_TYPE = { "content-type": "application/json" };

/** Opens the list of events. */
async function ask() {
  await window.openStep(STEP);
  await window.command("Pipedream: Run Step with Event");
  await window.page.locator(".quick-input-title", { hasText: "with which event?" }).waitFor();
}

function row(label) {
  return window.page.locator(".quick-input-list .monaco-list-row", { hasText: label }).first();
}

/** Gives the event its name. */
async function name(text) {
  await window.page.locator(".quick-input-title", { hasText: "The name of the event" }).waitFor();
  await window.page.locator(".quick-input-widget input.input").fill(text);
  await window.page.keyboard.press("Enter");
}

/** Pastes a text: typed letter by letter, its brackets would be closed by the editor too. */
async function paste(text) {
  await window.page.evaluate((what) => globalThis.navigator.clipboard.writeText(what), text);
  await window.page.keyboard.press("Control+v");
}

async function toast(text, button) {
  const shown = window.page.locator(".notification-toast", { hasText: text });
  await shown.locator(".monaco-button", { hasText: button }).click();
}

async function done() {
  await window.page.locator(".statusbar-item", { hasText: "Stop step" }).waitFor({ state: "hidden" });
}

function event(called) {
  return path.join(window.folder, "new-sign-up-p_V9Ch2Lk", "events", `${called}.json`);
}
