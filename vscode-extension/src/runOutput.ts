/**
 * Turns what runs print into text for a terminal. Colours of the step stay; which stream a line comes from, and of
 * which of two runs it is, stands before it in words, so that nobody needs to see colours.
 */
import type { RunOutput } from "./protocol";
import { coloursAfter, TerminalText } from "./terminalText";

const RESET = "\u001b[0m";

/** Styles of our own. Each says the same as the words that it is put on. */
const STYLES = { bold: 1, red: 31, green: 32, yellow: 33, cyan: 36 } as const;
export type Style = keyof typeof STYLES;

/** `text` in a style. Nothing of a step's own colours reaches into it. */
export function styled(style: Style, text: string): string {
  return `${RESET}\u001b[${String(STYLES[style])}m${text}${RESET}`;
}

/** Words behind a mark. Only that has the colour: the words are as easy to read as the theme makes its plain text. */
export function marked(style: Style, mark: string, words: string): string {
  return `${styled(style, mark)} ${words}`;
}

interface Stream {
  readonly text: TerminalText;
  /** The colours that the step has switched on and not off. */
  colours: string;
}

interface Run {
  readonly label: string;
  readonly streams: Map<string, Stream>;
  readonly notices: Set<string>;
}

/** Puts the output of the runs that go on, which comes in pieces cut anywhere, on lines that say where they are from. */
export class Transcript {
  readonly #runs = new Map<string, Run>();
  #last = "";
  #atLineStart = true;

  /** Opens a run, with a heading of its own. `name` is short: it stands before each line while two runs go on. */
  begin(run: string, name: string, heading: string): string {
    const isTaken = [...this.#runs.values()].some(({ label }) => label === name);
    const label = isTaken ? `${name} (2)` : name;
    this.#runs.set(run, { label, streams: new Map(), notices: new Set() });
    return this.#lineStart() + heading + "\n";
  }

  /** The text to append for one piece of output. */
  output({ run, stream, text }: RunOutput): string {
    const from = this.#stream(run, stream);
    const safe = from.text.write(stream === "notice" ? this.#notice(run, text) : text);
    if (safe === "") {
      return "";
    }
    const source = `${run} ${stream}`;
    const opening = source === this.#last ? "" : this.#lineStart();
    this.#last = source;
    return opening + this.#labelled(safe, this.#labelOf(run, stream), from);
  }

  /** The last lines of a run; each stands by itself. Returns what is to be appended. */
  end(run: string, lines: readonly string[]): string {
    const label = this.#labelOf(run, "");
    this.#runs.delete(run);
    this.#last = "";
    const labelled = lines.flatMap((line) => line.split("\n")).map((line) => `${label}${line}\n`);
    return `${this.#lineStart()}${labelled.join("")}\n`;
  }

  /** Whether a notice was shown while the run went on; its result may name it again. */
  wasShown(run: string, notice: string): boolean {
    return this.#runs.get(run)?.notices.has(notice.trim()) ?? false;
  }

  #lineStart(): string {
    const opening = this.#atLineStart ? "" : "\n";
    this.#atLineStart = true;
    return opening;
  }

  /** A notice is a whole sentence, also without a line end. */
  #notice(run: string, text: string): string {
    this.#runs.get(run)?.notices.add(text.trim());
    return `${text.trimEnd()}\n`;
  }

  #labelled(text: string, label: string, from: Stream): string {
    if (label === "" && from.colours === "" && !text.includes("\u001b")) {
      this.#note(text);
      return text;
    }
    // What does not end with a line end leaves its last line open.
    const lines = text.split(/(?<=\n)/);
    return lines.map((line) => this.#line(line, label, from)).join("");
  }

  /** One line, or the beginning or the rest of one, which leaves no colour on. */
  #line(text: string, label: string, from: Stream): string {
    const opening = (this.#atLineStart && text !== "" ? label : "") + from.colours;
    from.colours = coloursAfter(from.colours, text);
    this.#note(text);
    const content = text.endsWith("\n") ? text.slice(0, -1) : text;
    const closing = from.colours === "" ? "" : RESET;
    return opening + content + closing + text.slice(content.length);
  }

  #note(text: string): void {
    if (text !== "") {
      this.#atLineStart = text.endsWith("\n");
    }
  }

  #stream(run: string, stream: string): Stream {
    const streams = this.#runs.get(run)?.streams ?? this.#strays;
    const known = streams.get(stream) ?? { text: new TerminalText(), colours: "" };
    streams.set(stream, known);
    return known;
  }

  /** Streams of what came for a run that nobody knows. */
  readonly #strays = new Map<string, Stream>();

  #labelOf(run: string, stream: string): string {
    const known = this.#runs.get(run);
    const ofRun = known !== undefined && this.#runs.size > 1 ? styled("cyan", `${known.label} │ `) : "";
    return ofRun + (LABELS[stream] ?? (stream === "" ? "" : styled("bold", `[${stream}] `)));
  }
}

const LABELS: Readonly<Record<string, string>> = {
  stdout: "",
  stderr: styled("red", "[stderr] "),
  notice: styled("yellow", "[notice] "),
};
