/** The item in the status bar that says whose accounts count, and lists what can be done. */
import { commands, StatusBarAlignment, ThemeColor, window, type Disposable } from "vscode";

import type { Situation } from "./situation";
import { statusChoices, statusWords } from "./statusWords";

/** The command of a click. */
export const STATUS = "pdLsp.status";

export class StatusItem implements Disposable {
  readonly #item = window.createStatusBarItem("pdLsp.status", StatusBarAlignment.Right);

  constructor() {
    this.#item.name = "Pipedream: accounts and environment";
    this.#item.command = STATUS;
  }

  /** Says how things are; where no step has been yet, there is nothing to say. */
  show(situation: Situation): void {
    if (situation.server === "asleep") {
      this.#item.hide();
      return;
    }
    const { text, tooltip, spoken, isProduction } = statusWords(situation);
    this.#item.text = text;
    this.#item.tooltip = tooltip;
    this.#item.accessibilityInformation = { label: spoken, role: "button" };
    this.#item.backgroundColor = isProduction ? new ThemeColor("statusBarItem.warningBackground") : undefined;
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
}

/** Lists what one can do, and does what is chosen. */
export async function chooseFromStatus(situation: Situation): Promise<void> {
  const { spoken } = statusWords(situation);
  const chosen = await window.showQuickPick(statusChoices(situation), { title: spoken, placeHolder: "What to do" });
  if (chosen !== undefined) {
    await commands.executeCommand(chosen.command);
  }
}
