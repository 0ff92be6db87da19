/** A window of two folders, each with a workflow of its own: one decision about trust, and nothing of the one in the other. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { until } from "../src/editor_server.mjs";
import { SideView } from "../src/side_view.mjs";
import { Window } from "../src/window.mjs";

const WORKFLOW = `schema: workflow/2022.04
name: Reports
steps:
- namespace: send_report
  runtime: python3.12
  uses: "./send_report/entry.py"
  props:
    __configurableProps:
    - app: openai
      name: report_writer
      type: app
    report_writer:
      authProvisionId: apn_openaikey
`;
const STEP = `def handler(pd):
    print(len(pd.inputs["report_writer"]["$auth"]["api_key"]) > 0)
    return "sent"
`;

let window;
before(async () => {
  window = await Window.open("several-folders", {
    height: 1100,
    others: { reports: { "workflow.yaml": WORKFLOW, "send_report/entry.py": STEP } },
    settings: { "security.workspace.trust.enabled": true, "security.workspace.trust.startupPrompt": "never" },
  });
});
after(() => window?.close());

test("in a restricted window steps of neither folder run; trusting the window is one decision for both", async () => {
  for (const [file, folder] of [
    ["send_report/entry.py", "reports"],
    ["welcome_text/entry.py", "team-tools"],
  ]) {
    await window.openStep(file);
    await window.lens("Run step");
    await window.output(`${folder} is not trusted, so nothing in it runs`);
  }
  await window.trust();
  await window.openStep("welcome_text/entry.py");
  await window.lens("Run step");
  await window.answer("Run once");
  await window.output("exports words =");
  await window.openStep("send_report/entry.py");
  await window.lens("Run step");
  const question = await window.dialog("with live credentials?");
  assert.match(question, /Accounts: openai as 'report_writer' \(Team key\)/);
  await window.picture("question");
  await window.answer("Run once");
  await window.output('returned "sent"');
});

test("each folder completes the names of its own workflow", async () => {
  await window.openStep("send_report/entry.py");
  await window.goTo(2, 100);
  await window.type('\n    pd.inputs["');
  const here = await window.suggestions("report_writer");
  await window.picture("completion");
  await window.deleteLine(3);
  await window.openStep("post_message/entry.py");
  await window.goTo(6, 100);
  await window.type('\npd.inputs["');
  const there = await window.suggestions("slack");
  assert.equal(here[0], "report_writer");
  assert.ok(!there.includes("report_writer"), there.join(" "));
});

test("an account that is chosen for the project in one folder is chosen there alone, as the side view says", async () => {
  const side = new SideView(window);
  await window.openStep("send_report/entry.py");
  await side.open();
  await side.call(await side.line("octo-home"), "Use This Account in This Project");
  await side.line("octo-home", "chosen here");
  await window.picture("chosen");
  await window.openStep("post_message/entry.py");
  const there = await side.line("octo-home");
  await until(async () => !(await there.innerText()).includes("chosen here"), "it is chosen in the other folder too");
  await window.openStep("send_report/entry.py");
  await side.line("octo-home", "chosen here");
});
