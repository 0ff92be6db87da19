/** Whether a step is open, for menus and keys: `pdLsp.stepIsOpen` is true where the server's lenses say that one can run. */
import { commands, window, workspace, type Disposable } from "vscode";
import { CodeLensRequest, type LanguageClient } from "vscode-languageclient/node";

import { stepAt } from "./lenses";
import type { RunArguments } from "./protocol";

export const STEP_IS_OPEN = "pdLsp.stepIsOpen";

/** Milliseconds without a change before the server is asked: it shall not be asked at each letter. */
const PAUSE_MS = 300;

/** The step that the person means: the one around the caret of the editor that is open. */
export async function openStep(client: LanguageClient): Promise<RunArguments | undefined> {
  const editor = window.activeTextEditor;
  if (editor?.document.languageId !== "python" || editor.document.uri.scheme !== "file") {
    return undefined;
  }
  const textDocument = client.code2ProtocolConverter.asTextDocumentIdentifier(editor.document);
  const lenses = await client.sendRequest(CodeLensRequest.type, { textDocument });
  return stepAt(lenses ?? [], editor.selection.active.line);
}

/** Keeps the key of VS Code's contexts right. */
export class StepContext implements Disposable {
  #pause: NodeJS.Timeout | undefined;
  readonly #listeners = [
    window.onDidChangeActiveTextEditor(() => {
      this.look(0);
    }),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (document === window.activeTextEditor?.document) {
        this.look();
      }
    }),
  ];

  constructor(private readonly client: () => LanguageClient | undefined) {}

  /** Looks again, in a moment. */
  look(pause = PAUSE_MS): void {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => void this.#look(), pause);
  }

  dispose(): void {
    clearTimeout(this.#pause);
    this.#listeners.forEach((listener) => void listener.dispose());
  }

  async #look(): Promise<void> {
    const client = this.client();
    const editor = window.activeTextEditor;
    const step = client && (await openStep(client).catch(() => undefined));
    if (editor === window.activeTextEditor) {
      await commands.executeCommand("setContext", STEP_IS_OPEN, step !== undefined);
    }
  }
}
