/** What `package.json` promises, and what goes into the package. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";

interface Manifest {
  capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
  contributes: {
    commands: { command: string }[];
    configuration: { properties: Record<string, { scope: string }> };
  };
}

const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
const settings = manifest.contributes.configuration.properties;

test("no folder can set any of the settings (D7): all have machine scope and all are restricted", () => {
  assert.deepEqual(new Set(Object.values(settings).map((setting) => setting.scope)), new Set(["machine"]));
  assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, Object.keys(settings));
});

test("the lock file holds no address of a registry", () => {
  assert.doesNotMatch(readFileSync("package-lock.json", "utf8"), /"resolved"/);
});

test("the licence is the project's", () => {
  assert.equal(readFileSync("LICENSE", "utf8"), readFileSync("../LICENSE", "utf8"));
});

test("the package holds what is needed and nothing else", () => {
  const listed = execFileSync(process.execPath, ["node_modules/@vscode/vsce/vsce", "ls", "--no-dependencies"], {
    encoding: "utf8",
  });
  assert.deepEqual(listed.trim().split("\n").sort(), [
    "LICENSE",
    "README.md",
    "out/THIRD-PARTY-NOTICES.txt",
    "out/extension.js",
    "package.json",
  ]);
});
