/**
 * How a question of the server is shown. The server asks before a run (D8); VS Code's toasts would fold its lines
 * into one, turn `[text](command:…)` in a file's name into a link, and hide after some seconds. So we show a dialog.
 */

export interface Question {
  readonly message: string;
  readonly actions?: readonly { readonly title: string }[] | null;
}

export interface Dialog {
  readonly title: string;
  readonly detail: string;
  /** The buttons, first the one that has the focus. */
  readonly buttons: readonly string[];
}

/**
 * The button under the focus: somebody who is still typing when the dialog comes up must not say yes by it (D8). VS Code
 * adds a Cancel of its own. A button of ours in its place (`isCloseAffordance`) would stand last, and the focus on the
 * first one that agrees: so there are two that decline.
 */
export const DECLINE = "Don’t Run";

/** The dialog for a question: its first line as the title, and a button that declines before those that agree. */
export function dialogFor(question: Question): Dialog {
  const [title = "", ...rest] = question.message.split(/\r\n|\r|\n/);
  const agreeing = (question.actions ?? []).map((action) => action.title).filter((name) => !isCancel(name));
  return { title, detail: rest.join("\n").trim(), buttons: agreeing.length > 0 ? [DECLINE, ...agreeing] : [] };
}

/** The action that the person chose, as the server wrote it; null when the dialog was declined or closed. */
export function answerTo(question: Question, button: string | undefined): { readonly title: string } | null {
  return (question.actions ?? []).find((action) => action.title === button) ?? null;
}

// VS Code's dialog has its own button for this.
function isCancel(title: string): boolean {
  return title.trim().toLowerCase() === "cancel";
}
