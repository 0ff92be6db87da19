/** The walkthrough of package.json, as far as VS Code can't see by itself that a step of it is done. */
import { commands } from "vscode";

let hasCompleted = false;

/** Opens the walkthrough. */
export function openFirstSteps(): Thenable<unknown> {
  return commands.executeCommand("workbench.action.openWalkthrough", "pd-lsp.pd-lsp#firstSteps", false);
}

/** Keys were offered where somebody typed. Called at each keystroke, told once. */
export function noteCompletion(): void {
  if (!hasCompleted) {
    hasCompleted = true;
    void commands.executeCommand("setContext", "pdLsp.completed", true);
  }
}
