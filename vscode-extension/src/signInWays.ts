/** The ways to come to accounts, for a machine with a keyring and for one without, as lines of a list. */
import type { AccountCommand } from "./terminals";

export interface SignInWay {
  readonly label: string;
  readonly detail: string;
  /** What a terminal runs, a command of VS Code, or something that is told. */
  readonly leads:
    | { readonly terminal: AccountCommand }
    | { readonly command: string; readonly argument?: string }
    | { readonly tells: "variables" };
}

export const SIGN_IN_WAYS: readonly SignInWay[] = [
  {
    label: "OAuth client",
    detail: "Pipedream Connect: you type the secret in a terminal, for this system’s keyring.",
    leads: { terminal: { does: "signIn", way: "--connect", secretFrom: "keyring" } },
  },
  {
    label: "OAuth client, its secret from a command",
    detail: "Where there is no keyring: a password manager prints it, as “op read …” does.",
    leads: { terminal: { does: "signIn", way: "--connect", secretFrom: "command" } },
  },
  {
    label: "User API key",
    detail: "The older API, which may list nothing any more: typed in a terminal, for the keyring.",
    leads: { terminal: { does: "signIn", way: "--api-key", secretFrom: "keyring" } },
  },
  {
    label: "User API key from a command",
    detail: "Where there is no keyring: a command prints the key.",
    leads: { terminal: { does: "signIn", way: "--api-key", secretFrom: "command" } },
  },
  {
    label: "Variables of the environment",
    detail: "Where there is neither: set before VS Code, or its remote server, is started.",
    leads: { tells: "variables" },
  },
  {
    label: "No Pipedream account: keep an app’s keys here",
    detail: "On this machine alone: in its keyring, from a variable or from a command.",
    leads: { command: "pdLsp.keepAccount" },
  },
  {
    label: "Just try it: the sandbox",
    detail: "Made-up accounts and stand-ins for the apps, here alone. Opens its setting.",
    leads: { command: "workbench.action.openSettings", argument: "pdLsp.sandbox" },
  },
];

/** The variables of a project, as docs/accounts.md has them; names alone. */
export const VARIABLES = [
  "PIPEDREAM_PROJECT_ID",
  "PIPEDREAM_PROJECT_ENVIRONMENT",
  "PD_LSP_EXTERNAL_USER_ID",
  "PIPEDREAM_CLIENT_ID",
  "PIPEDREAM_CLIENT_SECRET",
] as const;

/** What is said of signing in by the environment: a title, and lines below it. */
export const BY_VARIABLES = {
  title: "Sign in by variables of the environment",
  detail:
    `Set these before VS Code starts, for example in the profile of your shell:\n${VARIABLES.join("\n")}\n` +
    "or, with a user API key, PIPEDREAM_API_KEY alone.\n" +
    "Then close all windows of VS Code and start it anew from there. On a remote machine, set them there.",
  copy: "Copy Their Names",
} as const;
