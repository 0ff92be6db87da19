/** The document of a result: the value at a place of it, as text, and what of it is compared with another. */
import { isRecord } from "./protocol";

/** A result as the server gave it, of a run just now or of one that is kept. */
export interface ShownRun {
  /** The URI of the step's file. */
  readonly uri: string;
  /** Which of the runs that are kept it is, from 1 for the latest. */
  readonly number: number;
  readonly document: Readonly<Record<string, unknown>>;
}

export type Key = string | number;

/** What a node stands for, as text: a text as it is, anything else as JSON. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

/** The value at a place of a document; undefined where there is none. */
export function valueAt(document: unknown, keys: readonly Key[]): unknown {
  let value = document;
  for (const key of keys) {
    const isThere =
      typeof key === "number"
        ? Array.isArray(value)
        : isRecord(value) && Object.prototype.hasOwnProperty.call(value, key);
    value = isThere ? (value as Record<Key, unknown>)[key] : undefined;
  }
  return value;
}

/** What of a result is compared with another: not when it was, and not how long it took. */
export function comparable({ document }: ShownRun): Record<string, unknown> {
  const { outcome: ended, exports, returned, response, flow, error } = document;
  const raised = isRecord(error) ? { type: error["type"], message: error["message"], line: error["line"] } : null;
  return { outcome: ended, error: raised, exports, returned, response, flow };
}

/** JSON in which the keys of each object stand in order, so that two of them can be compared line by line. */
export function inOrder(value: unknown): string {
  const sorted = (_key: string, part: unknown): unknown =>
    isRecord(part) ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1))) : part;
  return `${JSON.stringify(value ?? null, sorted, 2)}\n`;
}
