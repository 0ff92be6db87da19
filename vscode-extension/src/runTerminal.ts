/** A terminal that no program is behind: what is written to it before it is open is kept, Ctrl+C stops the runs. */

/** What a terminal of the editor does with what it is given. */
export interface Writer {
  fire(text: string): void;
}

const INTERRUPT = "\u0003";
const ERASE_LINE = "\r\u001b[2K";
/** Characters that are kept for a terminal that is not open yet; of more, the end. */
const MOST_KEPT = 1_000_000;

export class RunTerminal {
  #isOpen = false;
  #kept = "";
  #counter = "";
  #atLineStart = true;
  #wasQuiet = false;

  constructor(
    private readonly writer: Writer,
    private readonly stop: () => void,
  ) {}

  /** The editor shows it now. */
  open(): void {
    this.#isOpen = true;
    this.writer.fire(this.#kept);
    this.#kept = "";
  }

  /** The person has closed it. As with any terminal, what goes on in it ends. */
  close(): void {
    this.#isOpen = false;
    this.stop();
  }

  /** The person types: only Ctrl+C means something. */
  input(keys: string): void {
    if (keys.includes(INTERRUPT)) {
      this.stop();
    }
  }

  /** Appends text, whose line ends are `\n`. */
  append(text: string): void {
    if (text === "") {
      return;
    }
    this.#write(this.#withoutCounter() + text.replaceAll("\n", "\r\n"));
    this.#atLineStart = text.endsWith("\n");
    this.#wasQuiet = false;
  }

  /**
   * Tells how long it has gone on, in a last line that is gone before anything else is written: where nothing was
   * written since it was told before. Is called once a second; an empty text takes the line away.
   */
  count(elapsed: string): void {
    const shows = elapsed !== "" && this.#wasQuiet && this.#atLineStart;
    const text = shows ? `… ${elapsed}, Ctrl+C stops it` : "";
    this.#wasQuiet = true;
    if (text !== this.#counter) {
      this.#write(this.#withoutCounter() + text);
      this.#counter = text;
    }
  }

  #withoutCounter(): string {
    const erased = this.#counter === "" ? "" : ERASE_LINE;
    this.#counter = "";
    return erased;
  }

  #write(text: string): void {
    if (this.#isOpen) {
      this.writer.fire(text);
    } else {
      this.#kept = (this.#kept + text).slice(-MOST_KEPT);
    }
  }
}
