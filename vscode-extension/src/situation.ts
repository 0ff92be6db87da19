/** Everything that the side view and the status item depend on, and which of the welcome texts that calls for. */
import type { ConnectedAccounts } from "./connectedAccounts";
import type { ListedWorkflow } from "./listedWorkflows";

/** `asleep`: no step has been there yet, and nobody has asked for anything. */
export type ServerState = "asleep" | "starting" | "running" | "stopped";

export interface Situation {
  /** A folder on a disk is open. */
  readonly hasFolder: boolean;
  readonly isTrusted: boolean;
  readonly server: ServerState;
  /** What the server answered; null while it has not. */
  readonly accounts: ConnectedAccounts | null;
  readonly workflows: readonly ListedWorkflow[] | null;
}

/** Why a view has nothing to show; `welcome` in package.json's `viewsWelcome` names them. Empty: it has something. */
export type AccountsWelcome = Unready | "asking" | "signedOut" | "offline" | "none" | "";
export type WorkflowsWelcome = Unready | "asking" | "none" | "";
type Unready = "noFolder" | "untrusted" | "starting" | "stopped";

/** The context keys that choose the welcome texts. */
export interface WelcomeKeys {
  readonly "pdLsp.accounts.welcome": AccountsWelcome;
  readonly "pdLsp.workflows.welcome": WorkflowsWelcome;
  /** Whether somebody is signed in whom one can sign out. */
  readonly "pdLsp.signedIn": boolean;
}

/** The keys for a situation. */
export function welcomeKeys(situation: Situation): WelcomeKeys {
  const unready = whyUnready(situation);
  return {
    "pdLsp.accounts.welcome": unready ?? ofAccounts(situation.accounts),
    "pdLsp.workflows.welcome": unready ?? ofWorkflows(situation.workflows),
    "pdLsp.signedIn": situation.accounts?.signIn.state === "signed in",
  };
}

/** What keeps the server from being asked at all; null when nothing does. */
export function whyUnready({ hasFolder, isTrusted, server }: Situation): Unready | null {
  if (!hasFolder) {
    return "noFolder";
  }
  if (!isTrusted) {
    return "untrusted";
  }
  switch (server) {
    case "running":
      return null;
    case "stopped":
      return "stopped";
    default:
      return "starting"; // a view that is looked at wakes the server
  }
}

function ofAccounts(accounts: ConnectedAccounts | null): AccountsWelcome {
  if (accounts === null) {
    return "asking";
  }
  if (accounts.apps.length > 0) {
    return "";
  }
  if (accounts.signIn.state === "signed out" || accounts.signIn.state === "local only") {
    return "signedOut";
  }
  if (accounts.problem !== null) {
    return "offline";
  }
  return accounts.complete ? "none" : "asking";
}

function ofWorkflows(workflows: readonly ListedWorkflow[] | null): WorkflowsWelcome {
  if (workflows === null) {
    return "asking";
  }
  return workflows.length === 0 ? "none" : "";
}
