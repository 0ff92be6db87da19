/** Where an event of a step is saved, and under which name: asked where it has to be. */
import { statSync } from "node:fs";
import { Uri, window, workspace } from "vscode";

import { eventNameProblem, freeName, workflowFolder, type SavedEvent } from "./eventChoices";
import type { RunArguments } from "./protocol";

/** The folder of the step's workflow, beside whose file events are saved; says so where there is none. */
export function folderOf(step: RunArguments): string | undefined {
  const uri = Uri.parse(step.uri);
  const root = workspace.getWorkspaceFolder(uri)?.uri.fsPath ?? "";
  const isFile = (file: string) => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
  const folder = workflowFolder(uri.fsPath, root, isFile);
  if (folder === undefined) {
    void window.showInformationMessage("Events are saved beside a workflow.yaml, and this step has none above it.");
  }
  return folder;
}

/** Asks for the name of an event; undefined where the person gives none. */
export async function askName(wanted: string, events: readonly SavedEvent[]): Promise<string | undefined> {
  const name = await window.showInputBox({
    title: "The name of the event",
    value: freeName(wanted, events),
    prompt: "It is saved as events/NAME.json beside the workflow.",
    validateInput: (text) =>
      eventNameProblem(text) ??
      (events.some((event) => event.name === text) ? "There is one of that name." : undefined),
  });
  return name !== undefined && eventNameProblem(name) === undefined ? name : undefined;
}
