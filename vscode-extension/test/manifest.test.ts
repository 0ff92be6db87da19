/** What `package.json` promises, and what goes into the package. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { test } from "node:test";

interface Named {
  title?: string;
  label?: string;
  name?: string;
}

interface Manifest {
  extensionKind: string[];
  capabilities: {
    untrustedWorkspaces: { supported: string; description: string; restrictedConfigurations: string[] };
    virtualWorkspaces: { supported: boolean; description: string };
  };
  contributes: {
    commands: (Named & { command: string; category: string })[];
    menus: Record<string, { command: string }[]>;
    walkthroughs: { steps: { description: string; media: Media; completionEvents: string[] }[] }[];
    debuggers: Named[];
    views?: Record<string, (Named & { contextualTitle?: string })[]>;
    viewsContainers?: Record<string, Named[]>;
    colors?: { description: string }[];
    configuration: { properties: Record<string, Setting> };
    configurationDefaults: Record<string, unknown>;
  };
}

type Media = { markdown: string } | { image: string; altText: string };

interface Setting {
  scope: string;
  order: number;
  description?: string;
  markdownDescription?: string;
}

const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
const { capabilities, contributes } = manifest;
const settings = contributes.configuration.properties;

test("no folder can set any of the settings (D7): all have machine scope and all are restricted", () => {
  assert.deepEqual(new Set(Object.values(settings).map((setting) => setting.scope)), new Set(["machine"]));
  assert.equal(capabilities.untrustedWorkspaces.supported, "limited");
  assert.deepEqual(capabilities.untrustedWorkspaces.restrictedConfigurations, Object.keys(settings));
});

test("a restricted window and one without a disk say what they lack, in a sentence", () => {
  assert.equal(capabilities.virtualWorkspaces.supported, false);
  for (const { description } of [capabilities.untrustedWorkspaces, capabilities.virtualWorkspaces]) {
    assert.match(description, /^[A-Z].*\.$/);
  }
});

test("it runs where the folder is, which is what makes SSH, WSL and containers work", () => {
  assert.deepEqual(manifest.extensionKind, ["workspace"]);
});

test("whatever shows has a name that can be read out", () => {
  const { commands, debuggers, views = {}, viewsContainers = {} } = contributes;
  const shown = [...commands, ...debuggers, ...Object.values(views).flat(), ...Object.values(viewsContainers).flat()];
  assert.deepEqual(
    shown.filter(({ title, label, name }) => !/[A-Za-z]/.test(withoutIcons(title ?? label ?? name ?? ""))),
    [],
  );
  assert.deepEqual(new Set(commands.map((command) => command.category)), new Set(["Pipedream"]));
  assert.equal(new Set(commands.map((command) => command.title)).size, commands.length);
});

test("each setting is explained, says that a workspace cannot set it, and has a place of its own in the list", () => {
  const explained = Object.values(settings).map((setting) => setting.description ?? setting.markdownDescription ?? "");
  assert.deepEqual(
    explained.filter((text) => !text.includes("A workspace cannot set this.")),
    [],
  );
  assert.equal(new Set(Object.values(settings).map((setting) => setting.order)).size, explained.length);
});

test("a colour of our own, should there be one, says what it is for", () => {
  assert.deepEqual(
    (contributes.colors ?? []).filter((colour) => colour.description === ""),
    [],
  );
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
/** Without `$(name)`, which VS Code draws as a picture and reads out as nothing. */
function withoutIcons(text: string): string {
  return text.replaceAll(/\$\([^)]*\)/g, "");
}
