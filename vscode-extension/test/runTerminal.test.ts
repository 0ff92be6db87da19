import assert from "node:assert/strict";
import { test } from "node:test";

import { RunTerminal } from "../src/runTerminal";

function terminal() {
  const seen = { written: "", stopped: 0 };
  const text = new RunTerminal({ fire: (more) => (seen.written += more) }, () => (seen.stopped += 1));
  return { seen, text };
}

test("what is written before the terminal is open is there when it opens", () => {
  const { seen, text } = terminal();
  text.append("one\n");
  assert.equal(seen.written, "");
  text.open();
  text.append("two\n");
  assert.equal(seen.written, "one\r\ntwo\r\n");
});

test("Ctrl+C stops the runs, and so does closing the terminal; other keys do nothing", () => {
  const { seen, text } = terminal();
  text.open();
  text.input("y\r");
  assert.equal(seen.stopped, 0);
  text.input("\u0003");
  assert.equal(seen.stopped, 1);
  text.close();
  assert.equal(seen.stopped, 2);
});

test("the seconds are counted in a last line of a run that says nothing, which is gone before it says something", () => {
  const { seen, text } = terminal();
  text.open();
  text.append("one\n");
  text.count("1 s of 30 s");
  assert.equal(seen.written, "one\r\n", "it has just said something");
  text.count("2 s of 30 s");
  assert.match(seen.written, /… 2 s of 30 s, Ctrl\+C stops it/);
  seen.written = "";
  text.append("two\n");
  assert.equal(seen.written, "\r\u001b[2Ktwo\r\n");
});

test("no seconds are written into a line that the step has left open", () => {
  const { seen, text } = terminal();
  text.open();
  text.append("half");
  text.count("1 s");
  text.count("2 s");
  assert.equal(seen.written, "half");
});

test("the seconds go when nothing runs any more", () => {
  const { seen, text } = terminal();
  text.open();
  text.count("1 s");
  text.count("2 s");
  seen.written = "";
  text.count("");
  assert.equal(seen.written, "\r\u001b[2K");
});
