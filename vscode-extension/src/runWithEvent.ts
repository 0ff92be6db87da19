/** “Run Step with Event…”: the person chooses an event that is saved, or gets one, and the step runs with it. */
import {
  Position,
  ProgressLocation,
  QuickPickItemKind,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
  type Disposable,
  type Memento,
} from "vscode";

import { captureEvent } from "./captureEvent";
import {
  eventChoices,
  eventFile,
  keptEvents,
  NEW_EVENT,
  otherWays,
  PULL_EVENTS,
  RECENT_EVENTS,
  SAVE_EVENT,
  savedEvents,
  SAVED_EVENTS,
  type EventChoice,
  type OtherWay,
  type SavedEvent,
} from "./eventChoices";
import { askName, folderOf } from "./eventPlace";
import { LAST_RUNS, runChoices } from "./keptRuns";
import type { ProgramFinder } from "./program";
import { isRecord, type RunArguments } from "./protocol";
import { shortName } from "./runSummary";

/** What the command works on. */
export interface EventTargets {
  readonly execute: (command: string, argument: unknown) => Promise<unknown>;
  readonly runStep: (run: RunArguments) => Promise<unknown>;
  /** Which event was chosen the last time, by step. */
  readonly memory: Memento;
  readonly programs: ProgramFinder;
  /** A folder of ours, in which terminals start. */
  readonly workingFolder: string;
}

const RUN = "Run with It";
const OPEN = "Open It";

export class EventRuns implements Disposable {
  /** The step that an event which is edited belongs to, by the path of the event. */
  readonly #edited = new Map<string, RunArguments>();
  readonly #waiting: { dispose(): void }[] = [];
  readonly #saved = workspace.onDidSaveTextDocument(({ uri }) => {
    const step = this.#edited.get(uri.fsPath);
    if (step !== undefined) {
      void this.#offer(step, { path: uri.fsPath, name: nameOf(uri.fsPath) }, "is saved");
    }
  });

  constructor(private readonly targets: EventTargets) {}

  /** Asks which event, and runs the step with it. */
  async choose(step: RunArguments): Promise<void> {
    const events = savedEvents(await this.targets.execute(SAVED_EVENTS, { uri: step.uri }));
    if (events === null) {
      return; // the server has said why
    }
    const ways = otherWays(events.length > 0);
    const line = { label: "another one", kind: QuickPickItemKind.Separator };
    const items: EventChoice[] = [...eventChoices(events, this.targets.memory.get(keyOf(step))), line, ...ways];
    const chosen = await window.showQuickPick(items, {
      title: `Run ${shortName(step.uri)} with which event?`,
      placeHolder: events.length > 0 ? "An event that is saved, or another one" : "No event is saved yet: get one",
      matchOnDescription: true,
    });
    if (chosen?.event !== undefined) {
      await this.#run(step, chosen.event);
    } else if (chosen?.way !== undefined) {
      await this.#get(chosen.way, step, events);
    }
  }

  dispose(): void {
    this.#saved.dispose();
    this.#waiting.forEach((waiting) => {
      waiting.dispose();
    });
  }

  async #get(way: OtherWay, step: RunArguments, events: readonly SavedEvent[]): Promise<void> {
    switch (way) {
      case "capture":
        return this.#capture(step, events);
      case "pull":
        return this.#pull(step);
      case "earlier":
        return this.#saveEarlier(step, events);
      case "edit":
        return this.#edit(step, events);
      case "new":
        return this.#write(step, events);
    }
  }

  async #run(step: RunArguments, event: SavedEvent): Promise<void> {
    await this.targets.memory.update(keyOf(step), event.path);
    // The event may have taken the step's place in the editor, and the server runs what is open.
    await workspace.openTextDocument(Uri.parse(step.uri));
    await this.targets.runStep({ ...step, event: event.path });
  }

  async #capture(step: RunArguments, events: readonly SavedEvent[]): Promise<void> {
    const folder = folderOf(step);
    const name = folder && (await askName("captured", events));
    if (folder === undefined || name === undefined) {
      return;
    }
    const waiting = await captureEvent({ folder, name, ...this.targets }, (event) => {
      void this.#offer(step, event, "is captured");
    });
    this.#waiting.push(waiting);
  }

  async #pull(step: RunArguments): Promise<void> {
    const { uri } = step;
    const asked = window.withProgress({ location: ProgressLocation.Window, title: "Asking Pipedream for events" }, () =>
      this.targets.execute(RECENT_EVENTS, { uri }),
    );
    const events = keptEvents(await asked);
    if (events?.length === 0) {
      void window.showInformationMessage("Pipedream keeps no events of this workflow.");
    }
    const chosen = events?.length ? await window.showQuickPick(events, { title: "Which event?" }) : undefined;
    if (chosen !== undefined) {
      const { id, origin } = chosen;
      const [event] = savedEvents(await this.targets.execute(PULL_EVENTS, { uri, events: [{ id, origin }] })) ?? [];
      await (event && this.#run(step, event));
    }
  }

  async #saveEarlier(step: RunArguments, events: readonly SavedEvent[]): Promise<void> {
    const { uri } = step;
    const runs = runChoices(await this.targets.execute(LAST_RUNS, { uri }), (at) => new Date(at).toLocaleString());
    if (runs.length === 0) {
      void window.showInformationMessage(`No runs of ${shortName(uri)} are kept: run it once.`);
      return;
    }
    const chosen = await window.showQuickPick(runs, { title: "Save the event of which run?" });
    const name = chosen && (await askName("from-a-run", events));
    if (chosen !== undefined && name !== undefined) {
      const saved = await this.targets.execute(SAVE_EVENT, { uri, number: chosen.number, name });
      if (isRecord(saved) && typeof saved["file"] === "string") {
        await this.#run(step, { path: saved["file"], name });
      }
    }
  }

  async #edit(step: RunArguments, events: readonly SavedEvent[]): Promise<void> {
    const chosen = await window.showQuickPick(eventChoices(events, this.targets.memory.get(keyOf(step))), {
      title: "Edit which event?",
    });
    if (chosen?.event !== undefined) {
      this.#edited.set(chosen.event.path, step);
      await window.showTextDocument(Uri.file(chosen.event.path), { preview: false });
    }
  }

  /** Opens an event that is not saved yet: where it is saved is decided, what stands in it is the person's. */
  async #write(step: RunArguments, events: readonly SavedEvent[]): Promise<void> {
    const folder = folderOf(step);
    const name = folder && (await askName("my-event", events));
    if (folder === undefined || name === undefined) {
      return;
    }
    const uri = Uri.file(eventFile(folder, name));
    const draft = uri.with({ scheme: "untitled" });
    const document = await workspace.openTextDocument(draft);
    if (document.getText() === "") {
      const edit = new WorkspaceEdit();
      edit.insert(draft, new Position(0, 0), NEW_EVENT);
      await workspace.applyEdit(edit);
    }
    this.#edited.set(uri.fsPath, step);
    await window.showTextDocument(document, { preview: false });
  }

  async #offer(step: RunArguments, event: SavedEvent, what: string): Promise<void> {
    const sentence = `The event “${event.name}” ${what}. Run ${shortName(step.uri)} with it?`;
    const button = await window.showInformationMessage(sentence, RUN, OPEN);
    if (button === RUN) {
      await this.#run(step, event);
    } else if (button === OPEN) {
      this.#edited.set(event.path, step);
      await window.showTextDocument(Uri.file(event.path), { preview: false });
    }
  }
}

function keyOf(step: RunArguments): string {
  return `event of ${step.uri}`;
}

function nameOf(file: string): string {
  return /([^/\\]*)\.json$/.exec(file)?.[1] ?? file;
}
