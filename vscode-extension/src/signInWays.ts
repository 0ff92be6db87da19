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
    detail: "A project of Pipedream Connect. You type the secret in a terminal; it goes into this system’s keyring.",
    leads: { terminal: { does: "signIn", way: "--connect", secretFrom: "keyring" } },
  },
  {
    label: "OAuth client, its secret from a command",
    detail: "The same without a keyring: a password manager’s command prints the secret, such as “op read …”.",
    leads: { terminal: { does: "signIn", way: "--connect", secretFrom: "command" } },
  },
  {
    label: "User API key",
    detail:
      "The older API, which may list no accounts any more. You type the key in a terminal; it goes into the keyring.",
    leads: { terminal: { does: "signIn", way: "--api-key", secretFrom: "keyring" } },
  },
  {
    label: "User API key from a command",
    detail: "The same without a keyring: a command prints the key.",
    leads: { terminal: { does: "signIn", way: "--api-key", secretFrom: "command" } },
  },
  {
    label: "Variables of the environment",
    detail: "Without a keyring or a command: set them where VS Code, or its server on the other machine, is started.",
    leads: { tells: "variables" },
  },
  {
    label: "No Pipedream account: keep an app’s keys here",
    detail: "In this system’s keyring, on this machine alone.",
    leads: { command: "pdLsp.keepAccount" },
  },
  {
    label: "Just try it: the sandbox",
    detail: "Made-up accounts and stand-ins for the apps, on this machine alone. Opens the setting for it.",
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
