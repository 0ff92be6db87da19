/** Where runs are seen: an output channel, and an item in the status bar that stops them. */
import { commands, StatusBarAlignment, window } from "vscode";

import type { RunView } from "./runs";

export function createRunView(): RunView & { dispose(): void } {
  const channel = window.createOutputChannel("Pipedream Run");
  const item = window.createStatusBarItem("pdLsp.stopRun", StatusBarAlignment.Left);
  item.name = "Pipedream: stop the running step";
  item.text = "$(debug-stop) Stop step";
  item.tooltip = "Stop the step that is running";
  item.command = "pdLsp.stopRun";
  return {
    append: (text) => {
      channel.append(text);
    },
    reveal: () => {
      channel.show(true);
    },
    running: (count) => {
      void commands.executeCommand("setContext", "pdLsp.running", count > 0);
      if (count > 0) {
        item.show();
      } else {
        item.hide();
      }
    },
    dispose: () => {
      channel.dispose();
      item.dispose();
    },
  };
}
