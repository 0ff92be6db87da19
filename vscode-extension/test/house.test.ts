/** The extension's own house: what needs no editor is tested without one. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const modules = readdirSync("src").map((file) => file.replace(/\.ts$/, ""));

test("a module that does not talk to the editor has tests of its own", () => {
  const free = modules.filter((name) => !readFileSync(`src/${name}.ts`, "utf8").includes(' from "vscode'));
  assert.ok(free.includes("trust") && !free.includes("client"));
  assert.deepEqual(
    free.filter((name) => !existsSync(`test/${name}.test.ts`)),
    [],
  );
});

test("extension.ts wires: it decides nothing, asks nobody and shows nothing", () => {
  const text = readFileSync("src/extension.ts", "utf8");
  assert.doesNotMatch(text, /\bif \(|\bfor \(|\bswitch \(|show(Error|Warning|Information)Message|executeCommand/);
});
