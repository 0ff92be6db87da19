/** Values as lines of a tree: each with what it is, where it is in `pd.steps`, and what is below it. */
import { isRecord } from "./protocol";
import type { Key } from "./resultDocument";
import { plain } from "./terminalText";

/** A line of the tree. */
export interface ResultNode {
  readonly label: string;
  readonly description: string;
  /** What is read out in place of both. */
  readonly spoken: string;
  readonly icon: string;
  /** Where the value is in the document of the run; undefined for what is no value, such as a sentence. */
  readonly keys?: readonly Key[];
  readonly value?: unknown;
  /** The expression that a later step reads it by. */
  readonly path?: string;
  /** The line of the step's file that it is about, from 1. */
  readonly line?: number;
  /** What is below it, made when somebody looks. */
  readonly children?: () => ResultNode[];
}

/** Entries below one line; more of them stand in pages. */
const PAGE = 100;
const SHOWN = 120;

/** The line of a value. `keys` lead to it in the document of the run, `path` is the expression of Python for it. */
export function node(label: string, value: unknown, keys: readonly Key[], path: string | undefined): ResultNode {
  const shown = described(value);
  return {
    label: cut(plain(label)),
    description: shown,
    spoken: `${cut(plain(label))}: ${shown}`,
    icon: iconOf(value),
    keys,
    value,
    ...(path === undefined ? {} : { path }),
    ...(sizeOf(value) === 0 ? {} : { children: () => entries(value, keys, path, 0, sizeOf(value)) }),
  };
}

/** The entries of a list or an object from one to another, in pages where there are many. */
function entries(
  value: unknown,
  keys: readonly Key[],
  path: string | undefined,
  from: number,
  to: number,
): ResultNode[] {
  if (to - from <= PAGE) {
    const names: Key[] = Array.isArray(value)
      ? Array.from({ length: to - from }, (_, index) => from + index)
      : Object.keys(value as object).slice(from, to);
    return names.map((key) => {
      const label = typeof key === "number" ? `[${String(key)}]` : key;
      const inside = path && `${path}[${typeof key === "number" ? String(key) : quoted(key)}]`;
      return node(label, (value as Record<Key, unknown>)[key], [...keys, key], inside);
    });
  }
  let size = PAGE;
  while ((to - from) / size > PAGE) {
    size *= PAGE;
  }
  return Array.from({ length: Math.ceil((to - from) / size) }, (_, page) => {
    const first = from + page * size;
    const end = Math.min(first + size, to);
    const label = `${String(first + 1)} to ${String(end)}`;
    const description = counted(end - first, "entry");
    return {
      label,
      description,
      spoken: `${label}, ${description}`,
      icon: "ellipsis",
      children: () => entries(value, keys, path, first, end),
    };
  });
}

function sizeOf(value: unknown): number {
  return typeof value === "object" && value !== null ? Object.keys(value).length : 0;
}

function described(value: unknown): string {
  if (Array.isArray(value)) {
    return value.length === 0 ? "[]" : counted(value.length, "entry");
  }
  if (isRecord(value)) {
    return sizeOf(value) === 0 ? "{}" : counted(sizeOf(value), "key");
  }
  if (typeof value !== "string") {
    return JSON.stringify(value);
  }
  // Of a very long text only its beginning is turned into what is shown.
  const text = plain(JSON.stringify(value.slice(0, SHOWN * 2)));
  return value.length <= SHOWN ? text : `${text.slice(0, SHOWN)}… (${String(value.length)} characters)`;
}

function iconOf(value: unknown): string {
  if (typeof value === "object" && value !== null) {
    return Array.isArray(value) ? "symbol-array" : "symbol-object";
  }
  const icons: Readonly<Record<string, string>> = {
    string: "symbol-string",
    number: "symbol-number",
    boolean: "symbol-boolean",
  };
  return icons[typeof value] ?? "symbol-null";
}

/** A number of things in words: `1 key`, `2 entries`. */
export function counted(count: number, what: string): string {
  const several = what === "entry" ? "entries" : `${what}s`;
  return `${String(count)} ${count === 1 ? what : several}`;
}

/** As much of a text as one line shows. */
export function cut(text: string): string {
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}…`;
}

/** A text as Python reads it between brackets. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}
