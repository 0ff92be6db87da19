/**
 * When the server is started: VS Code loads this extension for every Python file, which costs milliseconds; a server is
 * a process, and starts where a step can be.
 */
import { Disposable, workspace, type TextDocument, type TextDocumentChangeEvent } from "vscode";

import { canBeStep } from "./stepText";

/** Files of a workflow: a folder that has one is what the extension is for. */
const OF_WORKFLOW = "**/{workflow.yaml,.workflow.state}";

/** Calls `wake` once: now, where a step is open or a folder has a workflow, else as soon as one appears. */
export function whenStepAppears(wake: () => void): Disposable {
  const listeners: Disposable[] = [];
  const dispose = () => {
    listeners.splice(0).forEach((listener) => void listener.dispose());
  };
  const appeared = () => {
    if (listeners.length > 0) {
      dispose();
      wake();
    }
  };
  listeners.push(
    workspace.onDidOpenTextDocument((document) => {
      if (isStep(document)) {
        appeared();
      }
    }),
    workspace.onDidChangeTextDocument((change) => {
      if (becomesStep(change)) {
        appeared();
      }
    }),
  );
  if (workspace.textDocuments.some(isStep)) {
    appeared();
  } else {
    void findWorkflow().then((isThere) => {
      if (isThere) {
        appeared();
      }
    });
  }
  return new Disposable(dispose);
}

async function findWorkflow(): Promise<boolean> {
  return (await workspace.findFiles(OF_WORKFLOW, "**/{node_modules,.git,.venv}/**", 1)).length > 0;
}

function isStep(document: TextDocument): boolean {
  return isPython(document) && canBeStep(document.getText());
}

/** Looks at what was typed or pasted, and the line around it, and not at the whole text for each key. */
function becomesStep({ document, contentChanges }: TextDocumentChangeEvent): boolean {
  return (
    isPython(document) &&
    contentChanges.some(
      ({ text, range }) =>
        canBeStep(text) || (range.start.line < document.lineCount && canBeStep(document.lineAt(range.start.line).text)),
    )
  );
}

function isPython(document: TextDocument): boolean {
  return document.languageId === "python" && document.uri.scheme === "file";
}
