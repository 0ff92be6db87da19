/** A line of a tree in the side view, as plain data: what stands there, and what is read out in its place. */

import { isRecord } from "./protocol";

export interface Row {
  /** Keeps the line the same one when the tree is made anew. */
  readonly id: string;
  readonly label: string;
  /** Stands behind the label, paler: everything that the icon says is said here too. */
  readonly description: string;
  /** A codicon's name, and the name of a theme colour where it has one. */
  readonly icon: string;
  readonly colour?: string;
  readonly tooltip: string;
  /** What a screen reader says. */
  readonly spoken: string;
  /** Words that `menus` in package.json looks for, to offer what can be done. */
  readonly offers: readonly string[];
  readonly children: readonly Row[];
  readonly isOpen?: boolean;
  /** What the line stands for; commands on it work on that. */
  readonly subject: Subject;
}

export type Subject =
  | { readonly kind: "app"; readonly app: string }
  | { readonly kind: "account"; readonly app: string; readonly account: string }
  | { readonly kind: "workflow"; readonly uri: string }
  | { readonly kind: "step"; readonly uri: string; readonly handler: string | null };

/** What a command was called on; null where it is no line of ours, as any extension may call it with anything. */
export function subjectOf(row: unknown): Subject | null {
  const subject = isRecord(row) ? row["subject"] : undefined;
  if (!isRecord(subject)) {
    return null;
  }
  const { kind, app, account, uri, handler } = subject;
  if (kind === "app" && typeof app === "string") {
    return { kind, app };
  }
  if (kind === "account" && typeof app === "string" && typeof account === "string") {
    return { kind, app, account };
  }
  if (kind === "workflow" && typeof uri === "string") {
    return { kind, uri };
  }
  return kind === "step" && typeof uri === "string"
    ? { kind, uri, handler: typeof handler === "string" ? handler : null }
    : null;
}

/** The parts that are there, as one text. */
export function joined(parts: readonly (string | null | undefined | false)[], separator = ", "): string {
  return parts.filter((part) => part !== "" && typeof part === "string").join(separator);
}
