/** The result of a run as a tree: what a line of it says, what is below it, and where it is in `pd.steps`. */
import { isRecord, parseStepResult } from "./protocol";
import { sentence, shortName } from "./runSummary";
import { plain } from "./terminalText";

/** A result as the server gave it, of a run just now or of one that is kept. */
export interface ShownRun {
  /** The URI of the step's file. */
  readonly uri: string;
  /** Which of the runs that are kept it is, from 1 for the latest. */
  readonly number: number;
  readonly document: Readonly<Record<string, unknown>>;
}

export type Key = string | number;

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

/** The first lines: outcome, error, exports, return value, response, and the event of a run that is kept. */
export function resultNodes({ uri, document }: ShownRun): ResultNode[] {
  const result = parseStepResult(document);
  if (result === null) {
    return [];
  }
  // Where no workflow.yaml names the step, the server has the name of its file, which is the same for most of them.
  const named = typeof document["step"] === "string" ? document["step"] : "";
  const step = named === "entry" ? shortName(uri) : named;
  const ofStep = step === "" ? undefined : `pd.steps[${quoted(step)}]`;
  const { exports } = result;
  const names = Object.keys(exports);
  const kept = document["run"];
  return [
    outcome(sentence(result), result.outcome, result.notices),
    ...errorNodes(document["error"]),
    ...(names.length === 0
      ? []
      : [{ ...node("exports", exports, ["exports"], ofStep), description: counted(names.length, "name") }]),
    ...(result.returned === null
      ? []
      : [node("return value", result.returned, ["returned"], ofStep && `${ofStep}["$return_value"]`)]),
    ...(result.response === null ? [] : [node("response", result.response, ["response"], undefined)]),
    ...(isRecord(kept) && kept["event"] !== undefined
      ? [node("event", kept["event"], ["run", "event"], 'pd.steps["trigger"]["event"]')]
      : []),
  ];
}

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

function outcome(text: string, how: string, notices: readonly string[]): ResultNode {
  const icons: Readonly<Record<string, string>> = { succeeded: "pass", cancelled: "debug-stop" };
  const below = notices.map((notice) => said("notice", notice, "info"));
  return { ...said("outcome", text, icons[how] ?? "error"), ...(below.length === 0 ? {} : { children: () => below }) };
}

function errorNodes(error: unknown): ResultNode[] {
  if (!isRecord(error)) {
    return [];
  }
  const { type, message, traceback, line } = error;
  const text = [type, message].filter((part) => typeof part === "string" && part !== "").join(": ");
  const place = typeof line === "number" ? { line } : {};
  const below = (typeof traceback === "string" ? traceback.trimEnd() : "")
    .split("\n")
    .filter((row) => row.trim() !== "");
  return [
    {
      ...said("error", text, "error"),
      ...place,
      keys: ["error"],
      value: error,
      ...(below.length === 0
        ? {}
        : { children: () => below.map((row) => ({ ...said("", row.trimEnd(), "blank"), ...lineOf(row) })) }),
    },
  ];
}

/** The line that a row of a traceback is about: those that are there are the step's own. */
function lineOf(row: string): { line?: number } {
  const found = /^ *File ".*entry\.py", line (\d+)/.exec(row);
  return found ? { line: Number(found[1]) } : {};
}

function said(label: string, text: string, icon: string): ResultNode {
  const shown = cut(plain(text.replaceAll("\n", " ")));
  return {
    label: label === "" ? shown : label,
    description: label === "" ? "" : shown,
    spoken: `${label} ${shown}`.trim(),
    icon,
  };
}

function node(label: string, value: unknown, keys: readonly Key[], path: string | undefined): ResultNode {
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

function counted(count: number, what: string): string {
  const several = what === "entry" ? "entries" : `${what}s`;
  return `${String(count)} ${count === 1 ? what : several}`;
}

function cut(text: string): string {
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}…`;
}

/** A text as Python reads it between brackets. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
