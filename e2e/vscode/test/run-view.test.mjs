/** The terminal that runs are seen in: colours, Ctrl+C, two runs at once, and output that tries to steer it. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Window } from "../src/window.mjs";

const FILES = {
  "colours/entry.py": `import os
import sys
import time


def handler(pd):
    print("\\x1b[32mgreen\\x1b[0m and \\x1b[1;33mbold yellow\\x1b[0m", flush=True)
    print("\\x1b[31mleft red", flush=True)
    print("to stderr", file=sys.stderr, flush=True)
    return {"done": True}
`,
  "hostile/entry.py": `def handler(pd):
    print("first line")
    print("\\x1b]0;Another title\\x07\\x1b]52;c;b3duZWQ=\\x07\\x1b[2J\\x1b[H\\x1b[3A\\x1b[2Kover the heading", flush=True)
    print("\\x1b]8;;https://evil.example/\\x1b\\\\your bank\\x1b]8;;\\x1b\\\\", flush=True)
    print("real\\rfake", flush=True)
    print("\\x1b[?1049hlast line", flush=True)
`,
  "quiet/entry.py": `import os
import time


def handler(pd):
    while not os.path.exists(os.environ["HOME"] + "/quiet-ends"):
        time.sleep(0.05)
    print("quiet is over", flush=True)
`,
  "ticks/entry.py": `import time


def handler(pd):
    for number in range(1, 10_000):
        print("tick", number, flush=True)
        time.sleep(0.2)
`,
  "raises-here/entry.py": `def handler(pd):
    people = {"ada": 1}
    return people["grace"]
`,
};

let window;
before(async () => {
  window = await Window.open("run-view", { files: FILES });
});
after(() => window?.close());

test("colours of a step are kept, those it leaves on do not spread, and stderr is named in words", async () => {
  await window.openStep("colours/entry.py");
  await window.lens("Run step");
  await window.answer("Run once");
  await window.output("✓ Succeeded after");
  const shown = await window.outputShown();
  assert.match(shown, /green and bold yellow\nleft red\n\[stderr\] to stderr\n✓ Succeeded/);
  const styled = (text) => window.page.locator(".terminal-wrapper.active .xterm-rows span", { hasText: text }).first();
  assert.match(await styled("green").getAttribute("class"), /xterm-fg-2/);
  assert.match(await styled("bold yellow").getAttribute("class"), /xterm-bold/);
  assert.match(await styled("left red").getAttribute("class"), /xterm-fg-1/);
  assert.doesNotMatch((await styled("to stderr").getAttribute("class")) ?? "", /xterm-fg-1/);
  await window.picture("colours");
});

test("output that would clear, overwrite, rename or link does none of it", async () => {
  await window.openStep("hostile/entry.py");
  await window.page.keyboard.press("Control+Alt+Enter");
  await window.answer("Run once");
  await window.output("last line");
  await window.output("✓ Succeeded after");
  const shown = await window.outputShown();
  assert.match(shown, /hostile\/entry\.py {2}handler\nfirst line\nover the heading\nyour bank\nreal\nfake\nlast line/);
  assert.equal(await window.page.locator(".part.panel").getByText("Another title").count(), 0);
  await window.picture("hostile");
});

test("the key runs the step, the seconds are counted, and Ctrl+C in the terminal stops it", async () => {
  await window.openStep("quiet/entry.py");
  await window.page.keyboard.press("Control+Alt+Enter");
  await window.answer("Run once");
  await window.output("s of 30 s, Ctrl+C stops it");
  await window.page.locator(".statusbar-item", { hasText: /Stop step \(\d+ s of 30 s\)/ }).waitFor();
  await window.picture("counting");
  await window.inTerminal("Control+c");
  await window.output("■ Stopped");
  await window.page.locator(".statusbar-item", { hasText: "Stop step" }).waitFor({ state: "hidden" });
  assert.doesNotMatch(await window.outputShown(), /quiet is over|Ctrl\+C stops it/);
});

test("two runs at once go into one terminal, and each line says of which it is", async () => {
  await window.openStep("quiet/entry.py");
  await window.lens("Run step");
  await window.answer("Run once");
  await window.output("s of 30 s");
  await window.openStep("ticks/entry.py");
  await window.page.locator(".editor-actions a[aria-label^='Run Step']").first().click();
  await window.answer("Run once");
  await window.output("ticks │ tick 3");
  window.write("quiet-ends", "");
  await window.output("quiet │ quiet is over");
  await window.output("quiet │ ✓ Succeeded after");
  await window.picture("two-runs");
  await window.page.locator(".editor-actions a[aria-label^='Stop the Running Step']").first().click();
  await window.output("■ Stopped");
  assert.equal(await window.page.locator(".terminal-wrapper").count(), 1);
});

test("a line of the traceback opens the step there", async () => {
  await window.openStep("raises-here/entry.py");
  await window.goTo(1);
  await window.lens("Run step");
  await window.answer("Run once");
  await window.output("✗ Raised after");
  await window.picture("traceback");
  const place = window.page.locator(".terminal-wrapper.active .xterm-rows > div", { hasText: "line 3" }).first();
  const { x, y, height } = await place.boundingBox();
  await window.page.keyboard.down("Control");
  await window.page.mouse.move(x + 30, y + height / 2);
  await window.page.mouse.move(x + 60, y + height / 2, { steps: 5 });
  await window.page.locator(".xterm-cursor-pointer").first().waitFor();
  await window.page.mouse.click(x + 60, y + height / 2);
  await window.page.keyboard.up("Control");
  await window.page.locator(".statusbar-item", { hasText: /Ln 3/ }).waitFor();
});

test("closing the terminal stops what goes on in it, and the next run has a new one", async () => {
  await window.openStep("ticks/entry.py");
  await window.lens("Run step");
  await window.answer("Run once");
  await window.output("tick 2");
  await window.command("Terminal: Kill the Active Terminal Instance");
  await window.page.locator(".statusbar-item", { hasText: "Stop step" }).waitFor({ state: "hidden" });
  await window.openStep("colours/entry.py");
  await window.lens("Run step");
  await window.answer("Run once");
  await window.output("✓ Succeeded after");
});
