/** Shows which Python runs the server and which one steps; choosing a line opens the setting that changes it. */
import { homedir } from "node:os";
import path from "node:path";
import { commands, window, workspace, type TextDocument } from "vscode";

import { interpreterRows, type InterpreterFacts } from "./interpreterRows";
import type { ProgramFinder } from "./program";
import { selectedFor } from "./pythonExtensions";
import { DEBUG_INFORMATION, parseServerFacts, parseStepPython, STEP_PYTHON } from "./serverAnswers";
import { followsSelection } from "./settings";
import { onDisk } from "./trust";

/** Lets the server execute a command; nothing where it does not run, or can't. */
export type Ask = (command: string, argument?: unknown) => Promise<unknown>;

export async function showInterpreters(programs: ProgramFinder, ask: Ask): Promise<void> {
  const rows = interpreterRows(await facts(programs, ask));
  const chosen = await window.showQuickPick(rows, {
    title: "Interpreters of Pipedream steps",
    placeHolder: "Choose a line to open the setting that changes it",
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (chosen !== undefined) {
    await commands.executeCommand("workbench.action.openSettings", chosen.setting);
  }
}

/** The step that is open, if one is: by a name that tells it from the others of its workflow. */
export function openStep(): TextDocument | undefined {
  const document = window.activeTextEditor?.document;
  return document?.uri.scheme === "file" && document.languageId === "python" ? document : undefined;
}

async function facts(programs: ProgramFinder, ask: Ask): Promise<InterpreterFacts> {
  const step = openStep();
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => onDisk([uri]).length > 0);
  const selected = await Promise.all(
    folders.map(async ({ name, uri }) => ({ folder: name, python: await selectedFor(uri) })),
  );
  return {
    home: homedir(),
    program: await programs.current(),
    server: parseServerFacts(await ask(DEBUG_INFORMATION)),
    step: step && {
      name: path.basename(path.dirname(step.uri.fsPath)),
      python: workspace.isTrusted ? parseStepPython(await ask(STEP_PYTHON, { uri: step.uri.toString() })) : null,
    },
    selected: selected.flatMap(({ folder, python }) => (python === undefined ? [] : [{ folder, python }])),
    follows: followsSelection(),
  };
}
