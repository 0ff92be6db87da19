/** Asks which command of pd-lsp is meant, never for a secret, and opens the terminal that runs it. */
import { commands, window } from "vscode";

import { currentFolder } from "./currentPlace";
import type { ProgramFinder } from "./program";
import { subjectOf } from "./rows";
import { launchSettings, SECTION } from "./settings";
import { chooseWay } from "./signIn";
import { appProblem, terminalFor, type AccountCommand } from "./terminals";

/** What can be called, by the id in `package.json`. `workingFolder` is a folder of ours. */
export function accountCommands(
  workingFolder: string,
  programs: ProgramFinder,
): Record<string, (row: unknown) => unknown> {
  const open = (command: AccountCommand) => openTerminal(command, workingFolder, programs);
  return {
    "pdLsp.signIn": () => chooseWay(open),
    "pdLsp.signOut": () => open({ does: "signOut" }),
    "pdLsp.connectAccount": (row) => withApp("Connect", (app) => open({ does: "connect", app }), row),
    "pdLsp.keepAccount": () => withApp("Keep here", (app) => open({ does: "keep", app })),
    "pdLsp.accounts": () => open({ does: "list" }),
  };
}

/** For the app of the line in the side view that the command was called on, else for one that the person names. */
async function withApp(what: string, then: (app: string) => Promise<void>, row?: unknown): Promise<void> {
  const subject = subjectOf(row);
  const app = subject !== null && "app" in subject ? subject.app : await askForApp(what);
  if (app !== undefined && appProblem(app) === undefined) {
    await then(app);
  }
}

async function askForApp(what: string): Promise<string | undefined> {
  return window.showInputBox({
    title: `Pipedream: ${what} an account of which app?`,
    placeHolder: "slack_v2",
    prompt: "The app’s slug. Its keys are asked for in the terminal.",
    validateInput: (text) => (text === "" ? undefined : appProblem(text)),
  });
}

async function openTerminal(command: AccountCommand, workingFolder: string, programs: ProgramFinder): Promise<void> {
  const program = await programs.current();
  if ("problem" in program) {
    void window
      .showErrorMessage(program.problem, "Open Settings")
      .then((button) =>
        button === undefined ? undefined : commands.executeCommand("workbench.action.openSettings", SECTION),
      );
    return;
  }
  const { sandbox } = launchSettings();
  const place = { workingFolder, folder: currentFolder(), sandbox, environment: process.env };
  window.createTerminal(terminalFor(command, program, place)).show();
}
