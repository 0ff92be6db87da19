/** What `package.json` promises, and what goes into the package. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { test } from "node:test";

interface Manifest {
  capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
  contributes: {
    commands: { command: string }[];
    menus: Record<string, { command: string }[]>;
    walkthroughs: { steps: { description: string; media: Media; completionEvents: string[] }[] }[];
    configuration: { properties: Record<string, { scope: string }> };
  };
}

type Media = { markdown: string } | { image: string; altText: string };

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
    "resources/pipedream-steps.svg",
    "resources/walkthrough/complete.svg",
    "resources/walkthrough/insert.svg",
    "resources/walkthrough/run.svg",
    "resources/walkthrough/sign-in.md",
  ]);
});

test("each of the four first steps has a button, a picture with words or a text, and ends by what is done", () => {
  const [walkthrough] = manifest.contributes.walkthroughs;
  assert.equal(walkthrough?.steps.length, 4);
  for (const { description, media, completionEvents } of walkthrough.steps) {
    assert.match(description, /\]\(command:pdLsp\./);
    assert.ok(completionEvents.length > 0);
    const file = "image" in media ? media.image : media.markdown;
    assert.ok(statSync(file).size < 20_000, `${file} is too heavy`);
    assert.ok(!("image" in media) || media.altText.length > 20, file);
  }
});

test("the pictures of the first steps are those of the documentation", () => {
  for (const name of ["complete", "insert", "run"]) {
    const [ours, theirs] = ["resources/walkthrough", "../docs/pictures"].map((folder) =>
      readFileSync(`${folder}/${name}.svg`, "utf8"),
    );
    assert.equal(ours, theirs);
  }
});

test("every menu calls a command that there is", () => {
  const known = new Set(manifest.contributes.commands.map(({ command }) => command));
  for (const { command } of Object.values(manifest.contributes.menus).flat()) {
    assert.ok(known.has(command), command);
  }
});
