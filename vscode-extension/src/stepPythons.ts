/** The Pythons that are selected in VS Code for the open folders, for the steps in them: where the person wants that. */
import { isDeepStrictEqual } from "node:util";
import { workspace, type Disposable } from "vscode";

import { selectedFor, whenSelectionChanges } from "./pythonExtensions";
import type { StepPython } from "./serverAnswers";
import { followsSelection } from "./settings";
import { onDisk } from "./trust";

export class StepPythons {
  #listed: readonly StepPython[] = [];
  #listening: Promise<Disposable[]> | undefined;

  /** `tell` is called with the whole list whenever it is another one. */
  constructor(private readonly tell: (pythons: readonly StepPython[]) => void) {}

  /** What was found last. */
  get listed(): readonly StepPython[] {
    return this.#listed;
  }

  /** Asks again: at the start, and when trust, folders, the setting or a selection have changed. */
  async refresh(): Promise<void> {
    const listed = await selectedPythons();
    if (!isDeepStrictEqual(listed, this.#listed)) {
      this.#listed = listed;
      this.tell(listed);
    }
    if (followsSelection() && workspace.isTrusted) {
      this.#listening ??= whenSelectionChanges(() => void this.refresh());
    }
  }

  dispose(): void {
    void this.#listening?.then((listeners) => {
      listeners.forEach((listener) => void listener.dispose());
    });
  }
}

async function selectedPythons(): Promise<StepPython[]> {
  if (!followsSelection() || !workspace.isTrusted) {
    return [];
  }
  const folders = onDisk((workspace.workspaceFolders ?? []).map(({ uri }) => uri));
  const selected = await Promise.all(
    folders.map(async (folder) => ({ folder: folder.toString(), python: (await selectedFor(folder))?.python })),
  );
  return selected.filter((one): one is StepPython => one.python !== undefined);
}
