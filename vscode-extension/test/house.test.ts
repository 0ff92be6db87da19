/** The extension's own house: what needs no editor is tested without one. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const modules = new Map(
  readdirSync("src").map((file) => [file.replace(/\.ts$/, ""), readFileSync(`src/${file}`, "utf8")]),
);

test("what does not talk to the editor, nor needs what does, is tested without it", () => {
  const tests = readdirSync("test").map((file) => readFileSync(`test/${file}`, "utf8"));
  const untested = [...modules.keys()].filter(
    (name) => !needsEditor(name) && !tests.some((text) => text.includes(`"../src/${name}"`)),
  );
  assert.ok(needsEditor("server") && !needsEditor("trust"));
  assert.deepEqual(untested, []);
});

test("extension.ts wires: it decides nothing, asks nobody and shows nothing", () => {
  assert.doesNotMatch(
    modules.get("extension") ?? "",
    /\bif \(|\bfor \(|\bswitch \(|show(Error|Warning|Information)Message|executeCommand/,
  );
});

function needsEditor(name: string, seen = new Set<string>()): boolean {
  const text = modules.get(name) ?? "";
  const others = [...text.matchAll(/from "\.\/(\w+)"/g)].flatMap((found) => found[1] ?? []);
  seen.add(name);
  return text.includes(' from "vscode') || others.some((other) => !seen.has(other) && needsEditor(other, seen));
}
