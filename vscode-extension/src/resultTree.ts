/** The result of a run as a tree: what a line of it says, what is below it, and where it is in `pd.steps`. */
import { isRecord, parseStepResult } from "./protocol";
import type { ShownRun } from "./resultDocument";
import { counted, cut, node, quoted, type ResultNode } from "./resultValues";
import { fileName, sentence, shortName } from "./runSummary";
import { plain } from "./terminalText";

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
    ...errorNodes(document["error"], fileName(uri)),
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

function outcome(text: string, how: string, notices: readonly string[]): ResultNode {
  const icons: Readonly<Record<string, string>> = { succeeded: "pass", cancelled: "debug-stop" };
  const below = notices.map((notice) => said("notice", notice, "info"));
  return { ...said("outcome", text, icons[how] ?? "error"), ...(below.length === 0 ? {} : { children: () => below }) };
}

function errorNodes(error: unknown, file: string): ResultNode[] {
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
        : { children: () => below.map((row) => ({ ...said("", row.trimEnd(), "blank"), ...lineOf(row, file) })) }),
    },
  ];
}

/** The line of the step's file that a row of a traceback is about. */
function lineOf(row: string, file: string): { line?: number } {
  const [, at = "", line] = /^ *File "(.*)", line (\d+)/.exec(row) ?? [];
  return at.split(/[\\/]/).at(-1) === file ? { line: Number(line) } : {};
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
