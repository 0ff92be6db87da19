/** Turns what a run prints, and how it ended, into text for an output channel, which shows text and nothing else. */
import { stripVTControlCharacters } from "node:util";

import type { RunArguments, RunOutput, StepResult } from "./protocol";

/** The line that opens a run. `time` is a time of day as the person reads it. */
export function heading(run: RunArguments, time: string): string {
  const event = run.event === undefined ? "" : ` with ${run.event}`;
  return `── ${time}  ${placeOf(run.uri)}  ${run.handler}${event}\n`;
}

/**
 * Puts the output of the runs, which comes in pieces cut anywhere, on lines that say where they are from: stdout
 * stands as it is, other streams carry their name, because a colour would not be seen here.
 */
export class Transcript {
  readonly #notices = new Set<string>();
  readonly #cut = new Map<string, string>();
  #last = "";
  #atLineStart = true;

  /** The text to append for one piece of output. */
  output(output: RunOutput): string {
    const source = `${output.run} ${output.stream}`;
    const text = this.#plain(source, output.stream === "notice" ? this.#notice(output.text) : output.text);
    if (text === "") {
      return "";
    }
    const opening = source === this.#last ? "" : this.lineStart();
    this.#last = source;
    return opening + this.#labelled(labelOf(output.stream), text);
  }

  /** The text that closes a run: the outcome, the traceback, what it exported, returned and responded. */
  result(result: StepResult): string {
    const notices = result.notices.filter((notice) => !this.#notices.has(notice.trim()));
    const parts = [
      ...notices.map((notice) => `[notice] ${notice}`),
      traceback(result),
      sentence(result),
      ...Object.entries(result.exports).map(([name, value]) => `exports ${name} = ${json(value)}`),
      result.returned === null ? "" : `returned ${json(result.returned)}`,
      result.response === null ? "" : `responded ${json(result.response)}`,
    ];
    return this.closing(parts.filter((part) => part !== "").join("\n"));
  }

  /** A last line in place of a result. */
  closing(text: string): string {
    const opening = this.lineStart();
    this.#notices.clear();
    this.#cut.clear();
    this.#last = "";
    return `${opening}${stripVTControlCharacters(text)}\n\n`;
  }

  /** What is needed for the next text to begin on a line of its own. */
  lineStart(): string {
    const opening = this.#atLineStart ? "" : "\n";
    this.#atLineStart = true;
    return opening;
  }

  /** A notice is a whole sentence, also without a line end; the result may name it again. */
  #notice(text: string): string {
    this.#notices.add(text.trim());
    return `${text.trimEnd()}\n`;
  }

  /** Takes out colours. One that is cut waits for its end in the next piece. */
  #plain(source: string, text: string): string {
    const whole = (this.#cut.get(source) ?? "") + text.replaceAll("\r\n", "\n");
    const cut = UNFINISHED_SEQUENCE.exec(whole)?.[0] ?? "";
    this.#cut.set(source, cut);
    return stripVTControlCharacters(whole.slice(0, whole.length - cut.length));
  }

  #labelled(label: string, text: string): string {
    const lines = text.split("\n");
    const unfinished = lines.pop() ?? "";
    const labelled = lines.map((line, index) => (index > 0 || this.#atLineStart ? label : "") + line);
    if (unfinished !== "") {
      labelled.push((lines.length > 0 || this.#atLineStart ? label : "") + unfinished);
    }
    this.#atLineStart = unfinished === "";
    return labelled.join("\n") + (this.#atLineStart ? "\n" : "");
  }
}

// An escape at the very end that has not reached its final letter yet; longer ones are not colours.
// eslint-disable-next-line no-control-regex -- the escape character is what we look for
const UNFINISHED_SEQUENCE = /\u001b(?:\[[0-9;:?]{0,64})?$/;

function labelOf(stream: string): string {
  return stream === "stdout" ? "" : `[${stream}] `;
}

function placeOf(uri: string): string {
  const [folder, file] = uri.split("/").slice(-2).map(decoded);
  return file === undefined ? uri : `${folder ?? ""}/${file}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function traceback(result: StepResult): string {
  return result.error?.traceback.trimEnd() ?? "";
}

function sentence(result: StepResult): string {
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

function reason(result: StepResult): string {
  return [result.error?.type, result.error?.message].filter((part) => part).join(": ");
}

function json(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
