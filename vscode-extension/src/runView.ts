/** Where runs are seen: a terminal that keeps their colours, and an item in the status bar that stops them. */
import { commands, EventEmitter, StatusBarAlignment, ThemeIcon, window, workspace, type StatusBarItem } from "vscode";

import type { RunningStep, RunView } from "./runs";
import { RunTerminal } from "./runTerminal";
import { plain } from "./terminalText";

const NAME = "Pipedream Run";

/** The place where the text of runs is seen. */
interface Place {
  readonly needsTrust: boolean;
  append(text: string): void;
  count(elapsed: string): void;
  show(): void;
  dispose(): void;
}

/** `stop` ends every run: Ctrl+C in the terminal calls it, and so does closing the terminal. */
export function createRunView(stop: () => void): RunView & { dispose(): void } {
  const item = stopItem();
  let place: Place | undefined;
  const current = () => {
    if (place?.needsTrust !== workspace.isTrusted) {
      place?.dispose();
      place = workspace.isTrusted ? openTerminal(stop, () => (place = undefined)) : openChannel();
    }
    return place;
  };
  return {
    append: (text) => {
      // Nothing where the person has closed it, which stops what goes on.
      place?.append(text);
    },
    reveal: () => {
      current().show();
    },
    running: (runs) => {
      void commands.executeCommand("setContext", "pdLsp.running", runs.length > 0);
      const elapsed = elapsedOf(runs);
      place?.count(elapsed);
      item.text = `$(debug-stop) Stop step${elapsed === "" ? "" : ` (${elapsed})`}`;
      if (runs.length > 0) {
        item.show();
      } else {
        item.hide();
      }
    },
    dispose: () => {
      place?.dispose();
      item.dispose();
    },
  };
}

function openTerminal(stop: () => void, closed: () => void): Place {
  const writer = new EventEmitter<string>();
  const text = new RunTerminal(writer, stop);
  const terminal = window.createTerminal({
    name: NAME,
    iconPath: new ThemeIcon("play"),
    isTransient: true,
    pty: {
      onDidWrite: writer.event,
      open: () => {
        text.open();
      },
      close: () => {
        closed();
        text.close();
      },
      handleInput: (keys: string) => {
        text.input(keys);
      },
    },
  });
  return {
    needsTrust: true,
    append: (more) => {
      text.append(more);
    },
    count: (elapsed) => {
      text.count(elapsed);
    },
    show: () => {
      terminal.show(true);
    },
    dispose: () => {
      terminal.dispose();
    },
  };
}

/** In a restricted window VS Code opens no terminal. What is said there, such as why nothing runs, has no colours. */
function openChannel(): Place {
  const channel = window.createOutputChannel(NAME);
  return {
    needsTrust: false,
    append: (text) => {
      channel.append(plain(text));
    },
    count: () => undefined,
    show: () => {
      channel.show(true);
    },
    dispose: () => {
      channel.dispose();
    },
  };
}

function stopItem(): StatusBarItem {
  const item = window.createStatusBarItem("pdLsp.stopRun", StatusBarAlignment.Left);
  item.name = "Pipedream: stop the running step";
  item.tooltip = "Stop the step that is running";
  item.command = "pdLsp.stopRun";
  return item;
}

/** How long the runs have gone on; with the names of the steps where there are several. */
function elapsedOf(runs: readonly RunningStep[]): string {
  const counted = runs.filter(({ elapsed }) => elapsed !== "");
  return counted.map(({ name, elapsed }) => (runs.length > 1 ? `${name} ${elapsed}` : elapsed)).join(", ");
}
