/** Lets a person type `pd-lsp` in VS Code's terminals where the extension has brought it along. */
import type { ExtensionContext } from "vscode";

import type { LaunchProblem, Program } from "./launch";
import { terminalAddition } from "./terminalPath";

/** Changes what terminals that are opened from now on find; nothing of it stays when the extension goes. */
export function offerInTerminals(program: Program | LaunchProblem, context: ExtensionContext): void {
  const variables = context.environmentVariableCollection;
  variables.persistent = false;
  variables.description = "Lets you type `pd-lsp`.";
  variables.clear();
  const addition = terminalAddition(program, context.extensionPath, process.platform);
  if (addition !== undefined) {
    // A shell's own start-up files may set PATH anew: VS Code's integration with the shell adds it behind them.
    variables.append("PATH", addition.path, { applyAtProcessCreation: true, applyAtShellIntegration: true });
    variables.replace("PD_LSP_PYTHON", addition.python);
  }
}
