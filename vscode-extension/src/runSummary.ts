/** What a run says of itself in words: what it is, and what came of it. */
import type { RunArguments, StepResult } from "./protocol";
import { marked, styled } from "./runOutput";
import { plain } from "./terminalText";

/** Characters of a value that the terminal shows; the whole of it is in the view of the result. */
const SHOWN = 300;

/** The line that opens a run. `time` is a time of day as the person reads it. */
export function heading(run: RunArguments, time: string): string {
  const event = run.event === undefined ? "" : ` with ${nameOf(run.event)}`;
  return styled("bold", plain(`── ${time}  ${placeOf(run.uri)}  ${run.handler}${event}`));
}

/** The short name of a step: that of its folder where its file has the name that all of them have. */
export function shortName(uri: string): string {
  const [folder, file] = parts(uri);
  return plain(file === "entry.py" && folder !== "" ? folder : file);
}

/** The name of the file that a step is in. */
export function fileName(uri: string): string {
  return parts(uri)[1];
}

/** The lines that close a run: the traceback, the outcome, what it exported, returned and responded. */
export function summary(result: StepResult): string[] {
  const returned = result.returned === null ? [] : [`returned ${shown(result.returned)}`];
  const responded = result.response === null ? [] : [`responded ${shown(result.response)}`];
  return [
    ...traceback(result),
    outcomeLine(result),
    ...Object.entries(result.exports).map(([name, value]) => `exports ${plain(name)} = ${shown(value)}`),
    ...returned,
    ...responded,
  ];
}

/** How a run ended, in a sentence. */
export function sentence(result: StepResult): string {
  const took = result.duration === null ? "" : ` after ${result.duration.toFixed(2)} s`;
  const why = reason(result);
  switch (result.outcome) {
    case "succeeded":
      return `Succeeded${took}.`;
    case "raised":
      return `Raised${took}: ${why}`;
    case "cancelled":
      return `Stopped${took}.`;
    case "timed out":
      return `Ended by the time limit${took}. ${why}`.trimEnd();
    case "crashed":
      return `The step’s process ended before it was done${took}. ${why}`.trimEnd();
    case "not started":
      return `Not started. ${why}`.trimEnd();
    default:
      return `${result.outcome}${took}. ${why}`.trimEnd();
  }
}

function outcomeLine(result: StepResult): string {
  const text = plain(sentence(result));
  switch (result.outcome) {
    case "succeeded":
      return marked("green", "✓", text);
    case "cancelled":
      return marked("yellow", "■", text);
    default:
      return marked("red", "✗", text);
  }
}

function traceback(result: StepResult): string[] {
  const text = plain(result.error?.traceback ?? "").trimEnd();
  return text === "" ? [] : [text];
}

function reason(result: StepResult): string {
  return [result.error?.type, result.error?.message].filter((part) => part).join(": ");
}

function shown(value: unknown): string {
  const text = plain(JSON.stringify(value));
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}… (the view “Result” has the whole of it)`;
}

function placeOf(uri: string): string {
  const [folder, file] = parts(uri);
  return `${folder}/${file}`;
}

function parts(uri: string): [folder: string, file: string] {
  const [folder = "", file = ""] = uri.split("/").slice(-2).map(decoded);
  return [folder, file];
}

function nameOf(event: string): string {
  return decoded(event).split(/[/\\]/).at(-1) ?? event;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
