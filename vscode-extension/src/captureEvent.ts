/** An event from a real request: a terminal in which pd-lsp waits for one, and a look at whether it is saved. */
import { RelativePattern, Uri, window, workspace } from "vscode";

import { eventFile, type SavedEvent } from "./eventChoices";
import type { ProgramFinder } from "./program";
import { terminalFor } from "./terminals";

/** Which event is captured, and with what. */
export interface Capture {
  /** The folder of the workflow that the event is saved in. */
  readonly folder: string;
  readonly name: string;
  readonly programs: ProgramFinder;
  /** A folder of ours, in which terminals start. */
  readonly workingFolder: string;
}

/** Opens the terminal; `captured` is called once, when the event is saved. Whoever disposes of the result waits no more. */
export async function captureEvent(
  { folder, name, programs, workingFolder }: Capture,
  captured: (event: SavedEvent) => void,
): Promise<{ dispose(): void }> {
  const program = await programs.current();
  if ("problem" in program) {
    void window.showErrorMessage(program.problem);
    return { dispose: () => undefined };
  }
  const place = { workingFolder, folder, sandbox: false, environment: process.env };
  const terminal = window.createTerminal(terminalFor({ does: "listen", name }, program, place));
  const watcher = workspace.createFileSystemWatcher(new RelativePattern(Uri.file(folder), `events/${name}.json`));
  const waiting = [
    watcher,
    watcher.onDidCreate(() => {
      dispose();
      captured({ path: eventFile(folder, name), name });
    }),
    window.onDidCloseTerminal((closed) => {
      if (closed === terminal) {
        dispose();
      }
    }),
  ];
  const dispose = () => {
    waiting.forEach((one) => void one.dispose());
  };
  terminal.show();
  return { dispose };
}
