/** The walkthrough of package.json, as far as VS Code can't see by itself that a step of it is done. */
import { commands } from "vscode";
import type { CompletionMiddleware } from "vscode-languageclient/node";

let hasCompleted = false;

/** Opens the walkthrough. */
export function openFirstSteps(): Thenable<unknown> {
  return commands.executeCommand("workbench.action.openWalkthrough", "pd-lsp.pd-lsp#firstSteps", false);
}

/** A template was chosen from the list. */
export function noteInsertion(): void {
  void commands.executeCommand("setContext", "pdLsp.inserted", true);
}

type Completing = Required<Pick<CompletionMiddleware, "provideCompletionItem">>;

/** The same middleware, which notes that keys were offered where somebody typed. */
export function noting({ provideCompletionItem }: Completing): Completing {
  return {
    provideCompletionItem: async (document, position, context, token, next) => {
      const offered = await provideCompletionItem(document, position, context, token, next);
      if (!hasCompleted && (Array.isArray(offered) ? offered : (offered?.items ?? [])).length > 0) {
        hasCompleted = true;
        void commands.executeCommand("setContext", "pdLsp.completed", true);
      }
      return offered;
    },
  };
}
