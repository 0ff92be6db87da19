/** Beside another Python server, on a project with a stub and without: nothing is listed or said twice. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, describe, test } from "node:test";

import { ROOT, SERVER_PYTHON } from "../src/places.mjs";
import { packStandIn } from "../src/stand_in.mjs";
import { Window } from "../src/window.mjs";

const STEP = `def handler(pd: "pipedream"):
    auth = pd.inputs["openai"]["$auth"]
    number: int = "no number"
    return len(auth["api_key"]) + len(pd.inputs["openai"]["$auth"]["api_kee"])
`;
const KEYS = ["api_key"];

let standIn;
before(async () => {
  standIn = await packStandIn();
});

for (const stub of ["with", "without"]) {
  describe(`${stub} a stub`, () => beside(stub === "with"));
}

function beside(hasStub) {
  let window;
  before(async () => {
    window = await Window.open(hasStub ? "beside-stub" : "beside", {
      files: { "new-sign-up-p_V9Ch2Lk/welcome_text/entry.py": STEP },
      extensions: [standIn],
      prepare: hasStub ? initialize : undefined,
    });
    await window.openStep("welcome_text/entry.py");
    // What the other server says of the text shows that it is there.
    await window.problems("no number");
  });
  after(() => window?.close());

  test("a key that the account does not have is said by pd-lsp once", async () => {
    const problems = await window.problems("unknown-key");
    assert.equal(problems.filter((problem) => problem.includes("unknown-key")).length, 1, problems.join("\n"));
    assert.deepEqual(twice(problems), []);
    await window.openStep("welcome_text/entry.py");
  });

  test("each key is listed once, in plain code and in an f-string", async () => {
    for (const [typed, wanted] of [
      ['pd.inputs["', ["openai", "slack", "google_sheets"]],
      ['pd.inputs["openai"]["$auth"]["', KEYS],
      ['f"{auth["', KEYS],
      ["f\"{pd.inputs['openai']['$auth']['", KEYS],
      ['pd.steps["', ["trigger", "parse_body"]],
    ]) {
      await window.goTo(4, 100);
      await window.type(`\nmore = ${typed}`);
      const listed = (await window.everySuggestion()).map(withoutQuotes);
      assert.deepEqual(twice(listed), [], `listed twice behind ${typed}`);
      assert.deepEqual(
        wanted.filter((key) => !listed.includes(key)),
        [],
        `not listed behind ${typed}`,
      );
      await window.picture(typed.replaceAll(/\W+/g, "-"));
      await window.deleteLine(5);
    }
  });

  test("each member of pd is listed once", async () => {
    for (const typed of ["pd.", "pd.flow."]) {
      await window.goTo(4, 100);
      await window.type(`\n${typed}`);
      const listed = await window.everySuggestion();
      assert.deepEqual(twice(listed), [], `listed twice behind ${typed}`);
      assert.ok(listed.includes(typed === "pd." ? "inputs" : "delay"), `not listed behind ${typed}: ${listed}`);
      await window.deleteLine(5);
    }
  });

  test("a hover says each thing once", async () => {
    for (const [line, column, said] of [
      [2, 25, "Account: Team key"],
      [4, 23, "a key of OpenAI"],
      [2, 16, "connected accounts"],
    ]) {
      const rows = await window.hover(line, column, said);
      assert.deepEqual(twice(rows), []);
      assert.equal(rows.filter((text) => text.includes(said)).length, 1, rows.join("\n---\n"));
    }
  });

  test("the name of an app leads to where it is declared", async () => {
    await window.goTo(2, 25);
    const led = await window.definitions();
    assert.equal(led.filter((file) => file.endsWith("workflow.yaml")).length, 1, led.join("\n"));
    assert.deepEqual(twice(led), []);
  });
}

function initialize(folder, home) {
  execFileSync(SERVER_PYTHON, ["-m", "pd_lsp", "init", folder, "--sandbox", "--yes"], {
    cwd: ROOT,
    env: { ...process.env, HOME: home },
    stdio: "pipe",
  });
}

function withoutQuotes(label) {
  return label.replace(/^(["'])(.*)\1$/, "$2");
}

function twice(texts) {
  return texts.filter((text, index) => texts.indexOf(text) !== index);
}
