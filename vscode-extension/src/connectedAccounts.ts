/** What `pd.accounts` answers: whose accounts count, what is known of them, and why there may be more. Names alone. */
import { isRecord } from "./protocol";

export const ACCOUNTS = "pd.accounts";
export const USE_ACCOUNT = "pd.useAccount";

/** How the accounts of a folder are come by. */
export interface SignIn {
  readonly state: SignInState;
  /** With a Connect project, or with the key of a user. */
  readonly kind: "connect" | "api" | null;
  readonly project: string | null;
  readonly environment: string | null;
}

export type SignInState = "signed out" | "signed in" | "sandbox" | "local only";
export type AccountState = "ok" | "dead" | "unhealthy" | "unreadable";

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly state: AccountState;
  /** Who has it: `connect`, `api`, `local` or `sandbox`. */
  readonly provider: string;
  readonly environment: string | null;
  /** The person has chosen it for this project. */
  readonly chosen: boolean;
}

export interface ConnectedApp {
  /** The slug. */
  readonly app: string;
  readonly name: string;
  readonly accounts: readonly Account[];
}

export interface ConnectedAccounts {
  readonly signIn: SignIn;
  /** Whether these are all. */
  readonly complete: boolean;
  /** Whether Pipedream is being asked at the moment. */
  readonly asking: boolean;
  /** Why some may be missing, as a sentence. */
  readonly problem: string | null;
  readonly apps: readonly ConnectedApp[];
}

const SIGN_IN_STATES: readonly SignInState[] = ["signed out", "signed in", "sandbox", "local only"];
const ACCOUNT_STATES: readonly AccountState[] = ["ok", "dead", "unhealthy", "unreadable"];

/** The page of an app, with its accounts and ready-made actions. */
export function appPage(app: string): string {
  return `https://pipedream.com/apps/${encodeURIComponent(app.replaceAll("_", "-"))}`;
}

/** Reads the answer; null when it is none. Apps and accounts that can't be read are left out. */
export function parseAccounts(value: unknown): ConnectedAccounts | null {
  const signIn = isRecord(value) ? parseSignIn(value["signIn"]) : null;
  if (!isRecord(value) || signIn === null || !Array.isArray(value["apps"])) {
    return null;
  }
  const { complete, asking } = value;
  const apps: unknown[] = value["apps"];
  return {
    signIn,
    complete: complete === true,
    asking: asking === true,
    problem: textOrNull(value["problem"]),
    apps: apps.flatMap(appsOf),
  };
}

function parseSignIn(value: unknown): SignIn | null {
  const state = isRecord(value) ? SIGN_IN_STATES.find((one) => one === value["state"]) : undefined;
  if (!isRecord(value) || state === undefined) {
    return null;
  }
  const { kind } = value;
  return {
    state,
    kind: kind === "connect" || kind === "api" ? kind : null,
    project: textOrNull(value["project"]),
    environment: textOrNull(value["environment"]),
  };
}

function appsOf(value: unknown): ConnectedApp[] {
  if (!isRecord(value) || typeof value["app"] !== "string" || !Array.isArray(value["accounts"])) {
    return [];
  }
  const { app } = value;
  const accounts: unknown[] = value["accounts"];
  return [{ app, name: textOrNull(value["name"]) ?? app, accounts: accounts.flatMap(accountsOf) }];
}

function accountsOf(value: unknown): Account[] {
  if (!isRecord(value) || typeof value["id"] !== "string") {
    return [];
  }
  const { id, chosen } = value;
  return [
    {
      id,
      name: textOrNull(value["name"]) ?? id,
      state: ACCOUNT_STATES.find((one) => one === value["state"]) ?? "ok",
      provider: textOrNull(value["provider"]) ?? "",
      environment: textOrNull(value["environment"]),
      chosen: chosen === true,
    },
  ];
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
