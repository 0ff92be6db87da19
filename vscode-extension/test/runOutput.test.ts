import assert from "node:assert/strict";
import { test } from "node:test";
import { stripVTControlCharacters } from "node:util";

import { styled, Transcript } from "../src/runOutput";

type Piece = [stream: string, text: string, run?: string];

/** What comes of pieces, with its colours; `runs` have begun before. */
function coloured(pieces: Piece[], runs = ["one"]): string {
  const transcript = new Transcript();
  for (const run of runs) {
    transcript.begin(run, run, "── heading");
  }
  return pieces.map(([stream, text, run = "one"]) => transcript.output({ run, stream, text })).join("");
}

/** The same as it reads. */
function printed(...pieces: Piece[]): string {
  return stripVTControlCharacters(coloured(pieces));
}

test("what a step prints stands as it was printed", () => {
  assert.equal(printed(["stdout", "one\ntw"], ["stdout", "o\n"]), "one\ntwo\n");
});

test("stderr carries its name on every line", () => {
  assert.equal(printed(["stderr", "one\ntwo\n"]), "[stderr] one\n[stderr] two\n");
});

test("a stream begins its own line when another one stopped within a line", () => {
  assert.equal(printed(["stdout", "half"], ["stderr", "oh\n"], ["stdout", "rest\n"]), "half\n[stderr] oh\nrest\n");
});

test("a line that comes in pieces is labelled once", () => {
  assert.equal(printed(["stderr", "a"], ["stderr", "b"], ["stderr", "c\nd"]), "[stderr] abc\n[stderr] d");
});

test("two notices without line ends are two lines", () => {
  assert.equal(printed(["notice", "One."], ["notice", "Two."]), "[notice] One.\n[notice] Two.\n");
});

test("while two runs go on, each line says of which it is", () => {
  const pieces: Piece[] = [
    ["stdout", "a\nb", "one"],
    ["stdout", "c\n", "two"],
    ["stderr", "d\n", "two"],
  ];
  const text = stripVTControlCharacters(coloured(pieces, ["one", "two"]));
  assert.equal(text, "one │ a\none │ b\ntwo │ c\ntwo │ [stderr] d\n");
});

test("two runs of steps that have the same name are told apart", () => {
  const transcript = new Transcript();
  transcript.begin("1", "post", "");
  transcript.begin("2", "post", "");
  const text = transcript.output({ run: "2", stream: "stdout", text: "x\n" });
  assert.equal(stripVTControlCharacters(text), "post (2) │ x\n");
});

test("a run that goes on alone again has no name before its lines", () => {
  const transcript = new Transcript();
  transcript.begin("1", "one", "");
  transcript.begin("2", "two", "");
  assert.equal(stripVTControlCharacters(transcript.end("2", ["Done.", "a\nb"])), "two │ Done.\ntwo │ a\ntwo │ b\n\n");
  assert.equal(transcript.output({ run: "1", stream: "stdout", text: "x\n" }), "x\n");
});

test("colours of a step stay, also when they are cut anywhere", () => {
  const text = "\u001b[1;31mred\u001b[0m plain\n";
  for (let cut = 0; cut <= text.length; cut += 1) {
    const shown = coloured([
      ["stdout", text.slice(0, cut)],
      ["stdout", text.slice(cut)],
    ]);
    assert.equal(stripVTControlCharacters(shown), "red plain\n", `cut at ${String(cut)}`);
    assert.ok(shown.includes("\u001b[1;31m"), `cut at ${String(cut)}`);
  }
});

test("colours that a step leaves on reach into no words of ours, and go on in its own next line", () => {
  const shown = coloured([
    ["stdout", "\u001b[31mred\n"],
    ["notice", "A notice."],
    ["stdout", "still red\n"],
  ]);
  const [first, notice, last] = shown.split("\n");
  assert.equal(first, "\u001b[31mred\u001b[0m");
  assert.equal(notice, `${styled("yellow", "[notice] ")}A notice.`);
  assert.equal(last, "\u001b[31mstill red\u001b[0m");
});

test("what a step prints does not steer the terminal", () => {
  const shown = coloured([
    ["stdout", "\u001b]52;c;AAAA\u0007\u001b[2Jx\n"],
    ["stderr", "\u001b]8;;https://evil.example\u0007y\r\u001b[1Az\n"],
  ]);
  assert.equal(stripVTControlCharacters(shown), "x\n[stderr] y\n[stderr] z\n");
  // eslint-disable-next-line no-control-regex -- that is what is looked for
  assert.match(shown, /^(?:[^\u0000-\u0009\u000b-\u001f\u007f-\u009f]|\u001b\[[0-9;]*m)*$/);
});

test("the end begins its own line after output without a line end, and without its colours", () => {
  const transcript = new Transcript();
  transcript.begin("1", "one", "");
  transcript.output({ run: "1", stream: "stdout", text: "no newline" });
  assert.equal(transcript.end("1", ["Done."]), "\nDone.\n\n");
});

test("a notice that was shown is known, so that it is not shown again with the result", () => {
  const transcript = new Transcript();
  transcript.begin("1", "one", "");
  transcript.output({ run: "1", stream: "notice", text: "Output was cut.\n" });
  assert.ok(transcript.wasShown("1", "Output was cut."));
  assert.ok(!transcript.wasShown("1", "One value was blanked."));
});
