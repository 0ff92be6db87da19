/** Running a step from its lens: the question, the output as it comes, the result, stopping, an error on its line. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";

import { until } from "../src/editor_server.mjs";
import { Window } from "../src/window.mjs";

const FILES = {
  "counts/entry.py": `import os
import time


def handler(pd):
    with open(os.environ["HOME"] + "/pid", "w") as file:
        file.write(str(os.getpid()))
    number = 0
    while True:
        number += 1
        print("counted to", number, flush=True)
        time.sleep(0.1)
`,
  "waits/entry.py": `import os
import time


def handler(pd):
    print("one", flush=True)
    while not os.path.exists(os.environ["HOME"] + "/go-on"):
        time.sleep(0.05)
    print("two", flush=True)
    pd.export("lines", 2)
    return {"done": True}
`,
  "raises/entry.py": `def handler(pd):
    people = {"ada": 1}
    return people["grace"]
`,
};

let window;
before(async () => {
  window = await Window.open("running", { files: FILES });
});
after(() => window?.close());

test("a step of the examples runs with its account once the question is answered, and shows its result", async () => {
  await window.openStep("welcome_text/entry.py");
  await window.lens("Run step");
  const question = await window.dialog("with live credentials?");
  await window.picture("question");
  assert.match(question, /Accounts: openai \(Team key\)\. Environment: sandbox\./);
  await window.answer("Run once");
  await window.output("Succeeded after");
  await window.output("exports words =");
  assert.match(await window.outputShown(), /Writing to Ada Lovelace \(team plan\)/);
  await window.picture("result");
});

test("a step whose question is declined does not run", async () => {
  await window.openStep("waits/entry.py");
  await window.lens("Run step");
  await window.dialog("with live credentials?");
  await window.answer("Don’t Run");
  await window.page.locator(".statusbar-item", { hasText: "Stop step" }).waitFor({ state: "hidden" });
  assert.doesNotMatch(await window.outputShown(), /^one$|waits/m);
});

test("what a step prints is there before it has ended", async () => {
  await window.openStep("waits/entry.py");
  await window.lens("Run step");
  await window.answer("Run once");
  await window.output("one");
  assert.doesNotMatch(await window.outputShown(), /two/);
  window.write("go-on", "");
  await window.output("two");
  await window.output("exports lines = 2");
});

test("a step that never ends is stopped from the status bar, and its process is gone", async () => {
  await window.openStep("counts/entry.py");
  await window.lens("Run step");
  await window.answer("Run once");
  await window.output("counted to 3");
  const pid = readFileSync(path.join(window.home, "pid"), "utf8");
  await window.picture("in-progress");
  await window.page.locator(".statusbar-item", { hasText: "Stop step" }).click();
  await window.output("Stopped");
  await until(() => !isAlive(pid), "the step was still there");
  await window.page.locator(".statusbar-item", { hasText: "Stop step" }).waitFor({ state: "hidden" });
});

test("an error stands on the line that raised it, until the text is changed", async () => {
  await window.openStep("raises/entry.py");
  await window.lens("Run step");
  await window.answer("Run once");
  await window.output("Raised after");
  const underlined = window.page.locator(".squiggly-error");
  await underlined.first().waitFor();
  await window.goTo(3, 12);
  await window.command("Problems: Focus on Problems View");
  await window.page.locator(".markers-panel", { hasText: "KeyError" }).waitFor();
  await window.picture("error");
  await window.openStep("raises/entry.py");
  await window.goTo(3, 100);
  await window.type(" ");
  await underlined.first().waitFor({ state: "detached" });
});

function isAlive(pid) {
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch {
    return false;
  }
}
