/**
 * The commands of pd-lsp that a terminal runs, because secrets are typed into them: nothing of that passes through the
 * extension (D2). Each is a program and a list of arguments, which no shell reads.
 */
import type { Launch } from "./launch";

export type AccountCommand =
  | { readonly does: "signIn"; readonly way: "--connect" | "--api-key"; readonly secretFrom: "keyring" | "command" }
  | { readonly does: "signOut" }
  | { readonly does: "connect"; readonly app: string }
  | { readonly does: "keep"; readonly app: string }
  | { readonly does: "list" }
  | { readonly does: "listen"; readonly name: string };

/** Where a command is called. */
export interface Place {
  /** A folder of ours: with `python -m`, Python would take modules from the one that is open (D6). */
  readonly workingFolder: string;
  /** Whose project counts; undefined where no folder is open. */
  readonly folder: string | undefined;
  /** Whether the server uses the accounts of the sandbox. */
  readonly sandbox: boolean;
  /** The environment of this process, which the server has too. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** What the editor's terminal is made of. */
export interface TerminalPlan {
  readonly name: string;
  readonly shellPath: string;
  readonly shellArgs: string[];
  readonly cwd: string;
  readonly env: Record<string, string>;
  /** The environment is exactly `env`: no setting of a folder adds to it (D7). */
  readonly strictEnv: true;
  /** A terminal that asks for a secret is not brought back with the window. */
  readonly isTransient: true;
}

const OURS = "Pipedream: ";
const TITLES = {
  signIn: "Sign In",
  signOut: "Sign Out",
  connect: "Connect an Account",
  keep: "Keep an Account Here",
  list: "Accounts",
  listen: "Listen for an Event",
} as const;

/** The terminal for a command of the pd-lsp that `program` starts. It stays until the person has read what came of it. */
export function terminalFor(command: AccountCommand, program: Launch, place: Place): TerminalPlan {
  return {
    name: `${OURS}${TITLES[command.does]}`,
    shellPath: program.command,
    shellArgs: [...program.args, "--stay", ...words(command, place)],
    cwd: place.workingFolder,
    env: inherited(place.environment),
    strictEnv: true,
    isTransient: true,
  };
}

/** Whether a terminal of this name is one of these. */
export function isOurs(name: string | undefined): boolean {
  return Object.values(TITLES).some((title) => name === OURS + title);
}

/** Why a text is no app's slug, for the person who types it; undefined where it can be one. */
export function appProblem(text: string): string | undefined {
  return /^[A-Za-z0-9_][A-Za-z0-9_-]{0,99}$/.test(text)
    ? undefined
    : "An app’s slug has letters, digits, dashes and underscores, such as slack_v2.";
}

function words(command: AccountCommand, { folder, sandbox }: Place): string[] {
  const ofFolder = folder === undefined ? [] : ["--folder", folder];
  switch (command.does) {
    case "signIn":
      // Which command that is, is asked for in the terminal too: who types the secret itself there keeps it from us.
      return ["login", command.way, ...(command.secretFrom === "command" ? ["--secret-command"] : [])];
    case "signOut":
      return ["logout"];
    case "connect":
      return ["accounts", "connect", command.app, ...ofFolder];
    case "keep":
      return ["accounts", "add", command.app];
    case "listen":
      // The event of the first request, saved beside the workflow; an HTTP trigger of this machine alone.
      return ["listen", "--once", "--save", folder ?? ".", command.name];
    case "list":
      return ["accounts", ...(sandbox ? ["--sandbox"] : []), ...ofFolder];
  }
}

/** Without what makes Electron, and a Python that is an Electron's child, something else than they are. */
function inherited(environment: Place["environment"]): Record<string, string> {
  const entries = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith("ELECTRON_"),
  );
  return Object.fromEntries(entries);
}
