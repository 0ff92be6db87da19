/** Where runs are seen: a terminal that keeps their colours, and an item in the status bar that stops them. */
import {
  commands,
  EventEmitter,
  StatusBarAlignment,
  ThemeIcon,
  window,
  type StatusBarItem,
  type Terminal,
} from "vscode";

import type { RunningStep, RunView } from "./runs";
import { RunTerminal } from "./runTerminal";

const NAME = "Pipedream Run";

/** `stop` ends every run: Ctrl+C in the terminal calls it, and so does closing the terminal. */
export function createRunView(stop: () => void): RunView & { dispose(): void } {
  const item = stopItem();
  let shown: { terminal: Terminal; text: RunTerminal } | undefined;
  const closed = window.onDidCloseTerminal((terminal) => {
    if (terminal === shown?.terminal) {
      shown = undefined;
    }
  });
  return {
    append: (text) => {
      // Nothing where the person has closed it, which stops what goes on.
      shown?.text.append(text);
    },
    reveal: () => {
      shown ??= openTerminal(stop);
      shown.terminal.show(true);
    },
    running: (runs) => {
      void commands.executeCommand("setContext", "pdLsp.running", runs.length > 0);
      const elapsed = elapsedOf(runs);
      shown?.text.count(elapsed);
      item.text = `$(debug-stop) Stop step${elapsed === "" ? "" : ` (${elapsed})`}`;
      if (runs.length > 0) {
        item.show();
      } else {
        item.hide();
      }
    },
    dispose: () => {
      closed.dispose();
      shown?.terminal.dispose();
      item.dispose();
    },
  };
}

function openTerminal(stop: () => void): { terminal: Terminal; text: RunTerminal } {
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
        text.close();
      },
      handleInput: (keys: string) => {
        text.input(keys);
      },
    },
  });
  return { terminal, text };
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
