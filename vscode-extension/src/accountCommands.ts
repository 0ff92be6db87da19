/** Asks which command of pd-lsp is meant, never for a secret, and opens the terminal that runs it. */
import path from "node:path";
import { commands, window, workspace } from "vscode";

import type { ProgramFinder } from "./program";
import { launchSettings, SECTION } from "./settings";
import { appProblem, terminalFor, type AccountCommand } from "./terminals";
import { onDisk } from "./trust";

/** What can be called, by the id in `package.json`. `workingFolder` is a folder of ours. */
export function accountCommands(workingFolder: string, programs: ProgramFinder): Record<string, () => unknown> {
  const open = (command: AccountCommand) => openTerminal(command, workingFolder, programs);
  return {
    "pdLsp.signIn": async () => {
      const way = await window.showQuickPick(WAYS, { placeHolder: "How do you sign in to Pipedream?" });
      if (way !== undefined) {
        await open({ does: "signIn", way: way.way });
      }
    },
    "pdLsp.signOut": () => open({ does: "signOut" }),
    "pdLsp.connectAccount": () => withApp("Connect", (app) => open({ does: "connect", app })),
    "pdLsp.keepAccount": () => withApp("Keep here", (app) => open({ does: "keep", app })),
    "pdLsp.accounts": () => open({ does: "list" }),
  };
}

const WAYS = [
  { label: "OAuth client", detail: "To a project of Pipedream Connect. Its accounts can be read.", way: "--connect" },
  { label: "User API key", detail: "To the older API, which may list no accounts any more.", way: "--api-key" },
] as const;

async function withApp(what: string, then: (app: string) => Promise<void>): Promise<void> {
  const app = await window.showInputBox({
    title: `Pipedream: ${what} an account of which app?`,
    placeHolder: "slack_v2",
    prompt: "The app’s slug. Its keys are asked for in the terminal.",
    validateInput: (text) => (text === "" ? undefined : appProblem(text)),
  });
  if (app !== undefined && appProblem(app) === undefined) {
    await then(app);
  }
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

/** The folder of the step that is open, else the first folder of the window. */
function currentFolder(): string | undefined {
  const uri = window.activeTextEditor?.document.uri;
  return uri?.scheme === "file"
    ? path.dirname(uri.fsPath)
    : onDisk((workspace.workspaceFolders ?? []).map((folder) => folder.uri))[0]?.fsPath;
}
