/**
 * What “Copy Debug Information” copies: made from a closed list of facts (D19). Of free text there is only the path of
 * the Python that runs the server; everything else is a version, a number, or a word that stands in this file, in
 * `package.json` or in `serverAnswers.ts`. Knows no editor.
 */
import type { LaunchProblem, Program } from "./launch";
import { programSource } from "./pythonWords";
import { versionOf, type ServerFacts, type StepPythonReason } from "./serverAnswers";
import { withoutNames, type Owner } from "./shownPath";

export interface DebugFacts {
  readonly owner: Owner;
  readonly extension: unknown;
  readonly editor: unknown;
  readonly app: string;
  readonly isWeb: boolean;
  readonly remote: string | undefined;
  readonly platform: string;
  readonly arch: string;
  readonly isTrusted: boolean;
  readonly folders: number;
  readonly program: Program | LaunchProblem;
  readonly server: ServerFacts | null;
  readonly step: { readonly version: string | undefined; readonly why: StepPythonReason } | null;
  /** Our settings as `package.json` describes them, each with the person's own value. */
  readonly settings: readonly { readonly name: string; readonly schema: SettingSchema; readonly value: unknown }[];
}

export interface SettingSchema {
  readonly type?: unknown;
  readonly enum?: unknown;
}

/** Where VS Code works, by the names of Microsoft's own extensions: any other could be the name of a host. */
const REMOTES = ["ssh-remote", "wsl", "dev-container", "attached-container", "codespaces", "tunnel"];
const APPS = ["Visual Studio Code", "Visual Studio Code - Insiders", "VSCodium", "code-server", "Cursor", "Windsurf"];

/** The text, in Markdown, for a report. */
export function debugInformation(facts: DebugFacts): string {
  const { server, step } = facts;
  const app = oneOf(APPS, facts.app);
  const lines = [
    ["Extension", versionOf(facts.extension)],
    ["VS Code", `${text(versionOf(facts.editor))} (${app}), ${facts.isWeb ? "web" : "desktop"}`],
    ["Remote", facts.remote === undefined ? "no" : oneOf(REMOTES, facts.remote)],
    ["System", `${facts.platform} ${facts.arch}`],
    [
      "Window",
      `${facts.isTrusted ? "trusted" : "restricted"}, ${facts.folders} ${facts.folders === 1 ? "folder" : "folders"}`,
    ],
    ["Server", server === null ? "not running" : `running, ${text(server.version)}`],
    ["Server from", "problem" in facts.program ? "nowhere: it was not found" : programSource(facts.program)],
    ["Python of the server", pythonOf(facts)],
    ["Sandbox", yesOrNo(server?.sandbox)],
    ["Sign-in", server?.signIn],
    ["Accounts", accountsOf(server)],
    ["Open documents", server?.documents],
    ["Trusted folders", server?.trustedFolders],
    ["Python of the open step", step === null ? "none" : `${text(versionOf(step.version))}, ${step.why}`],
    ...facts.settings.map(({ name, schema, value }) => [name, settingOf(schema, value)]),
  ];
  return ["### pd-lsp", "", ...lines.map(([name, value]) => `- ${name}: ${text(value)}`), ""].join("\n");
}

function pythonOf({ server, program, owner }: DebugFacts): string {
  // A path from a setting is the person's own text, and stays where it is.
  const isFound = !("problem" in program) && (program.from === "extension" || program.from === "PATH");
  const path = isFound && server?.executable !== undefined ? `, ${withoutNames(server.executable, owner)}` : "";
  return server === null
    ? "not known"
    : `${text(server.implementation)} ${text(server.python)} on ${text(server.system)} ${text(server.machine)}${path}`;
}

function accountsOf(server: ServerFacts | null): string | undefined {
  if (server?.accounts === undefined) {
    return undefined;
  }
  const age = server.minutesOld === undefined ? "" : `, listed ${server.minutesOld} minutes ago`;
  return `${server.accounts}${server.complete === true ? "" : ", not all of them"}${age}`;
}

/** A value only where the setting is a yes or no, or a word of a list. */
function settingOf(schema: SettingSchema, value: unknown): string {
  if (value === undefined) {
    return "not set";
  }
  const words: unknown[] = Array.isArray(schema.enum) ? schema.enum : [];
  if (typeof value === "boolean" && schema.type === "boolean") {
    return String(value);
  }
  return typeof value === "string" && words.includes(value) ? value : "set";
}

function oneOf(words: readonly string[], value: string): string {
  return words.find((word) => word === value) ?? "another";
}

function yesOrNo(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : value ? "yes" : "no";
}

function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "not known";
}
