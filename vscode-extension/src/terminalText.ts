/**
 * What a step prints, as a terminal may have it: text, line ends and colours (D18). Everything else that a terminal
 * obeys is taken out: it would move the cursor over what stands there, rename the window, write to the clipboard, or
 * lay a link below a harmless text. ECMA-48 says how such sequences begin and end.
 */

const ESCAPE = "\u001b";
const LONGEST_COLOUR = 64;

/** What is being read: text, or which part of a sequence. */
type State = "text" | "escape" | "control" | "string";

/** The text of one stream, which comes in pieces cut anywhere. */
export class TerminalText {
  #state: State = "text";
  #parameters = "";
  #mayReturn = false;
  #atLineStart = true;

  /** What of a piece may be written to a terminal. A sequence that is cut waits for the next piece. */
  write(piece: string): string {
    if (this.#state === "text" && !this.#mayReturn && !CONTROL.test(piece)) {
      return this.#written(piece);
    }
    let text = "";
    for (const character of piece) {
      text += this.#written(this.#read(character));
    }
    return text;
  }

  #written(text: string): string {
    if (text !== "") {
      this.#atLineStart = text.endsWith("\n");
    }
    return text;
  }

  #read(character: string): string {
    const returned = this.#mayReturn;
    this.#mayReturn = false;
    if (character === "\n") {
      // No sequence goes on behind it: one that nobody ends would swallow all that follows.
      this.#state = "text";
      return "\n";
    }
    // A carriage return alone would write over the line. What comes behind it gets a line of its own.
    const opening = returned && !this.#atLineStart ? "\n" : "";
    return opening + this.#readInLine(character);
  }

  #readInLine(character: string): string {
    const began = BEGINNINGS[character];
    if (began !== undefined) {
      this.#state = began;
      this.#parameters = "";
      return "";
    }
    switch (this.#state) {
      case "text":
        this.#mayReturn = character === "\r";
        return character === "\t" || !CONTROL.test(character) ? character : "";
      case "escape":
        return this.#inEscape(character);
      case "control":
        return this.#inControl(character);
      case "string":
        this.#state = ENDS_STRING.test(character) ? "text" : "string";
        return "";
    }
  }

  #inEscape(character: string): string {
    this.#state = AFTER_ESCAPE[character] ?? (/[ -/]/.test(character) ? "escape" : "text");
    return /[ -~]|\p{Cc}/u.test(character) ? "" : character;
  }

  #inControl(character: string): string {
    if (/[ -?]/.test(character)) {
      this.#parameters += this.#parameters.length <= LONGEST_COLOUR ? character : "";
      return "";
    }
    this.#state = "text";
    if (character === "m" && COLOUR.test(this.#parameters) && this.#parameters.length <= LONGEST_COLOUR) {
      return `${ESCAPE}[${this.#parameters}m`;
    }
    return /[@-~]|\p{Cc}/u.test(character) ? "" : character;
  }
}

/** Text in which nothing is left that a terminal obeys, colours neither. */
export function plain(text: string): string {
  return new TerminalText().write(text).replace(COLOURS, "");
}

/** The colours that are on behind `text`, where `before` were on. They are those that were switched on, in order. */
export function coloursAfter(before: string, text: string): string {
  let on = before;
  for (const [sequence, parameters = ""] of text.matchAll(COLOURS)) {
    if (parameters === "" || parameters === "0") {
      on = "";
    } else {
      on = on.length > MOST_COLOURS || parameters.startsWith("0;") ? sequence : on + sequence;
    }
  }
  return on;
}

const MOST_COLOURS = 256;
const COLOUR = /^[0-9;:]*$/;
// eslint-disable-next-line no-control-regex -- control characters are what this file is about
const COLOURS = /\u001b\[([0-9;:]*)m/g;
// eslint-disable-next-line no-control-regex -- as above
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/;
// The end of a string, by its own character or by one that ends whatever is going on.
// eslint-disable-next-line no-control-regex -- as above
const ENDS_STRING = /[\u0007\u0018\u001a\u009c]/;

/** Characters that begin a sequence wherever they stand. */
const BEGINNINGS: Readonly<Record<string, State>> = {
  [ESCAPE]: "escape",
  "\u009b": "control",
  "\u0090": "string",
  "\u0098": "string",
  "\u009d": "string",
  "\u009e": "string",
  "\u009f": "string",
};

/** The same sequences in seven bits. */
const AFTER_ESCAPE: Readonly<Record<string, State>> = {
  "[": "control",
  P: "string",
  X: "string",
  "]": "string",
  "^": "string",
  _: "string",
};
