import assert from "node:assert/strict";
import { test } from "node:test";

import { coloursAfter, plain, TerminalText } from "../src/terminalText";

function written(...pieces: string[]): string {
  const text = new TerminalText();
  return pieces.map((piece) => text.write(piece)).join("");
}

/** All that a terminal may get: text, tabs, line ends, and sequences that are colours and styles. */
// eslint-disable-next-line no-control-regex -- that is what is looked for
const HARMLESS = /^(?:[^\u0000-\u0008\u000b-\u001f\u007f-\u009f]|\u001b\[[0-9;:]{0,64}m)*$/;

const KEPT = [
  "plain é🙂\n\ttext\n",
  "\u001b[31mred\u001b[0m",
  "\u001b[1;38;5;9mbold\u001b[m",
  "\u001b[38:2::10:20:30mtrue colour\u001b[39m",
];
for (const text of KEPT) {
  test(`text and colours stay: ${JSON.stringify(text)}`, () => {
    assert.equal(written(text), text);
  });
}

/** What is written, and what is left of it. */
const HOSTILE: [what: string, written: string, left: string][] = [
  ["a title", "a\u001b]0;owned\u0007b", "ab"],
  ["a title that ends with ST", "a\u001b]2;owned\u001b\\b", "ab"],
  ["the clipboard", "a\u001b]52;c;cm0gLXJmIH4=\u0007b", "ab"],
  ["a link", "\u001b]8;;https://evil.example/\u001b\\your bank\u001b]8;;\u001b\\", "your bank"],
  ["shell integration", "\u001b]633;E;rm -rf ~\u0007\u001b]633;C\u0007x", "x"],
  ["clearing the screen", "a\u001b[2J\u001b[Hb", "ab"],
  ["moving over the line above", "real\u001b[1A\u001b[2Kfake", "realfake"],
  ["asking for the cursor’s place, which the terminal would answer", "a\u001b[6nb", "ab"],
  ["asking what the terminal is", "\u001b[c\u001b[>0c\u001bZx", "x"],
  ["the other screen", "\u001b[?1049hx\u001b[?1049l", "x"],
  ["hiding the cursor", "\u001b[?25lx", "x"],
  ["mouse reports", "\u001b[?1003h\u001b[?1006hx", "x"],
  ["a reset", "a\u001bcb", "ab"],
  ["another character set", "\u001b(0qqq\u001b(B", "qqq"],
  ["saving and going back", "\u001b7a\u001b8b", "ab"],
  ["a device control string", "\u001bP1$r0m\u001b\\x", "x"],
  ["a picture", "\u001bPq#0;2;0;0;0~~\u001b\\x", "x"],
  ["an application’s command", "\u001b_Gf=100;AAAA\u001b\\x", "x"],
  ["a private message", "\u001b^secret\u001b\\x", "x"],
  ["eight-bit control", "\u009b2Jx", "x"],
  ["eight-bit operating system command", "\u009d52;c;AAAA\u009cx", "x"],
  ["eight-bit device control", "\u0090q~\u009cx", "x"],
  ["other eight-bit characters", "a\u0084\u0085\u008d\u0099b", "ab"],
  ["backspaces over a word", "safe\b\b\b\bevil", "safeevil"],
  ["bells, forms and tabs that go down", "\u0007\u000b\u000c\u000e\u000fx\u007f", "x"],
  ["colours that are none", "\u001b[>4;2mx\u001b[?4m\u001b[1 m", "x"],
  ["colours without an end", `\u001b[${"1;".repeat(5000)}mx`, "x"],
  ["a sequence inside another", "\u001b[3\u001b]0;t\u0007x", "x"],
  ["a sequence that is broken off", "\u001b[31\u0018x", "x"],
  ["a sequence that ends with a letter of no terminal", "\u001b[31éx", "éx"],
  ["what nobody ends, which costs its line alone", "\u001b]52;c;AAAA\nnext", "\nnext"],
  ["an escape at the end of a line", "a\u001b\nb", "a\nb"],
  ["a line that is written over", "real\rfake", "real\nfake"],
  ["progress that writes over itself", "\r 10%\r 20%\r\n", " 10%\n 20%\n"],
  ["line ends of Windows", "a\r\nb\r\n", "a\nb\n"],
];

for (const [what, text, left] of HOSTILE) {
  test(`taken out: ${what}`, () => {
    assert.equal(written(text), left);
  });

  test(`taken out wherever it is cut: ${what}`, () => {
    const short = text.length > 200 ? text.slice(-200) : text;
    for (let cut = 0; cut <= short.length; cut += 1) {
      const pieces = written(short.slice(0, cut), short.slice(cut));
      assert.equal(pieces, written(short), `cut at ${String(cut)}`);
    }
    assert.equal(written(...Array.from(text)), left, "letter by letter");
  });
}

test("whatever is written, nothing is left that a terminal obeys but colours", () => {
  // Words of the grammar in an order that nobody thought of, the same in every run.
  const words = ["\u001b", "[", "]", "P", "_", "31", ";", ":", "?", "m", "J", "é", "\u009b", "\u009d", "\u0007"];
  words.push("\u009c", "\\", "\r", "\n", "\b", " ", "\u0018", "x", "52;c;", "\u001b[1m", "🙂");
  let seed = 7;
  const next = () => (seed = (seed * 48271) % 2147483647);
  for (let round = 0; round < 20_000; round += 1) {
    const pieces = Array.from({ length: 1 + (next() % 12) }, () => words[next() % words.length] ?? "");
    const text = written(...pieces);
    assert.match(text, HARMLESS, JSON.stringify(pieces));
    assert.equal(text, written(pieces.join("")), JSON.stringify(pieces));
    assert.ok(!plain(pieces.join("")).includes("\u001b"), JSON.stringify(pieces));
  }
});

test("plain text has no colours either", () => {
  assert.equal(plain("\u001b[31mred\u001b[0m and \u001b]0;t\u0007blue"), "red and blue");
});

test("the colours that are on are known, to go on with them behind another line", () => {
  assert.equal(coloursAfter("", "plain"), "");
  assert.equal(coloursAfter("", "\u001b[31mred"), "\u001b[31m");
  assert.equal(coloursAfter("\u001b[31m", "\u001b[1mbold"), "\u001b[31m\u001b[1m");
  assert.equal(coloursAfter("\u001b[31m", "x\u001b[0m"), "");
  assert.equal(coloursAfter("\u001b[31m", "x\u001b[m"), "");
  assert.equal(coloursAfter("\u001b[31m", "x\u001b[0;32m"), "\u001b[0;32m");
  assert.ok(coloursAfter("", "\u001b[31m".repeat(10_000)).length < 1000);
});
