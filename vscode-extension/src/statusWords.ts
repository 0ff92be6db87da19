/** What the item in the status bar says, and what a click on it offers. */
import type { ConnectedAccounts } from "./connectedAccounts";
import { joined } from "./rows";
import { whyUnready, type Situation } from "./situation";

export interface StatusWords {
  readonly text: string;
  readonly tooltip: string;
  /** What a screen reader says. */
  readonly spoken: string;
  /** Steps act on what is real: coloured, beside the word. */
  readonly isProduction: boolean;
}

/** A line of the list that a click opens: a command, by its id. */
export interface StatusChoice {
  readonly label: string;
  readonly detail: string;
  readonly command: string;
}

/** The words for a situation. */
export function statusWords(situation: Situation): StatusWords {
  const { icon, words, more } = wordsFor(situation);
  const isProduction = whyUnready(situation) === null && inProduction(situation.accounts);
  return {
    text: `$(${isProduction ? "warning" : icon}) ${words}`,
    tooltip: joined([`Pipedream: ${words}`, more, "Click for what you can do."], "\n"),
    spoken: joined([`Pipedream: ${words}`, more], ". "),
    isProduction,
  };
}

/** Whether runs use accounts of the environment production: the sign-in's, or one that was chosen here. */
export function inProduction(accounts: ConnectedAccounts | null): boolean {
  return (
    accounts?.signIn.environment === "production" ||
    (accounts?.apps ?? []).some((app) =>
      app.accounts.some(({ chosen, environment }) => chosen && environment === "production"),
    )
  );
}

function wordsFor(situation: Situation): { icon: string; words: string; more?: string } {
  switch (whyUnready(situation)) {
    case "noFolder":
      return { icon: "folder", words: "No folder", more: "Open a folder that holds a workflow." };
    case "untrusted":
      return { icon: "workspace-untrusted", words: "Restricted", more: "Nothing runs until you trust this folder." };
    case "starting":
      return { icon: "loading~spin", words: "Pipedream: starting…" };
    case "stopped":
      return { icon: "error", words: "Pipedream: not running", more: "The language server has ended." };
    case null:
      return situation.accounts === null
        ? { icon: "loading~spin", words: "Pipedream: starting…" }
        : signInWords(situation.accounts);
  }
}

function signInWords(accounts: ConnectedAccounts): { icon: string; words: string; more: string } {
  const { signIn, problem } = accounts;
  const more = joined([problem, countOf(accounts)], "\n");
  switch (signIn.state) {
    case "signed out":
      return { icon: "account", words: "Signed out", more };
    case "local only":
      return { icon: "home", words: "Accounts kept here", more };
    case "sandbox":
      return { icon: "beaker", words: withProduction("Sandbox", accounts), more };
    case "signed in": {
      const whose = signIn.project ?? (signIn.kind === "api" ? "User API key" : "Signed in");
      const words = withProduction(joined([whose, production(signIn.environment)], " · "), accounts);
      return problem === null
        ? { icon: "plug", words, more }
        : { icon: "debug-disconnect", words: `${words} · offline`, more };
    }
  }
}

function production(environment: string | null): string | null {
  return environment === "production" ? "PRODUCTION" : environment;
}

/** The word stands there too where a chosen account alone is of production. */
function withProduction(words: string, accounts: ConnectedAccounts): string {
  return inProduction(accounts) && !words.includes("PRODUCTION") ? `${words} · PRODUCTION` : words;
}

function countOf({ apps, complete, asking }: ConnectedAccounts): string {
  const count = apps.reduce((sum, app) => sum + app.accounts.length, 0);
  const dead = apps.reduce((sum, app) => sum + app.accounts.filter(({ state }) => state === "dead").length, 0);
  return joined([
    count === 1 ? "1 account" : `${count} accounts`,
    dead > 0 && `${dead} of them dead`,
    asking && "asking for more",
    !asking && !complete && "maybe not all",
  ]);
}

const SHOW = choice("pdLsp.accounts.focus", "Show accounts", "Apps, accounts and their state, in the side view.");
const REFRESH = choice("pdLsp.refreshAccounts", "Refresh accounts", "Ask Pipedream for them again.");
const CONNECT = choice("pdLsp.connectAccount", "Connect an account…", "Opens Pipedream’s page for an app.");
const SIGN_IN = choice("pdLsp.signIn", "Sign in…", "To a project of Pipedream Connect, or with a user API key.");
const OTHER = choice("pdLsp.signIn", "Sign in to another project…", "In place of the one that is used now.");
const KEEP = choice("pdLsp.keepAccount", "Keep an account here…", "On this machine, without Pipedream.");
const SIGN_OUT = choice("pdLsp.signOut", "Sign out", "Forgets keys, names and consents.");
const TRUST = choice("workbench.trust.manage", "Manage trust of this folder", "Nothing runs until you trust it.");
const OPEN = choice("workbench.action.files.openFolder", "Open a folder…", "One that holds a workflow.");
const RESTART = choice("pdLsp.restartServer", "Restart the language server", "Starts it anew.");
const LOG = choice("pdLsp.showLog", "Show the language server’s log", "What it says about itself.");
const TOUR = choice("pdLsp.openWalkthrough", "First steps", "Sign in, complete, insert a template, run.");

/** What one can do in a situation, first what is most likely wanted. */
export function statusChoices(situation: Situation): StatusChoice[] {
  switch (whyUnready(situation)) {
    case "noFolder":
      return [OPEN, TOUR];
    case "untrusted":
      return [TRUST, LOG, TOUR];
    case "starting":
    case "stopped":
      return [RESTART, LOG];
    case null:
      break;
  }
  const after = [TOUR, RESTART, LOG];
  switch (situation.accounts?.signIn.state) {
    case undefined:
      return after;
    case "signed out":
    case "local only":
      return [SIGN_IN, KEEP, SHOW, REFRESH, ...after];
    case "sandbox":
      return [SHOW, REFRESH, ...after];
    case "signed in":
      return [SHOW, REFRESH, CONNECT, KEEP, OTHER, SIGN_OUT, ...after];
  }
}

function choice(command: string, label: string, detail: string): StatusChoice {
  return { label, detail, command };
}
