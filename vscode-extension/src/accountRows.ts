/** The tree of apps and their accounts. */
import type { Account, AccountState, ConnectedApp } from "./connectedAccounts";
import { joined, type Row } from "./rows";

/** How a state looks, reads, and what it means; the words say everything that the icon does. */
const STATES: Record<AccountState, { icon: string; colour?: string; words: string; meaning: string }> = {
  ok: { icon: "pass", words: "", meaning: "Connected." },
  dead: {
    icon: "error",
    colour: "list.errorForeground",
    words: "dead",
    meaning: "Dead: its service refuses it. Connect it again.",
  },
  unhealthy: {
    icon: "warning",
    colour: "list.warningForeground",
    words: "token could not be renewed",
    meaning: "Its token could not be renewed the last time. Connect it again if runs fail.",
  },
  unreadable: {
    icon: "lock",
    words: "not readable",
    meaning: "Its token is not given out: it was made with Pipedream’s own OAuth client. Steps can’t run with it here.",
  },
};

/** A line for each app with its accounts below it, in the order of the answer. */
export function accountRows(apps: readonly ConnectedApp[]): Row[] {
  return apps.map((app) => {
    const accounts = app.accounts.map((account) => accountRow(app, account));
    const [only] = app.accounts;
    const description =
      accounts.length === 1 && only ? joined([only.name, STATES[only.state].words]) : `${accounts.length} accounts`;
    return {
      id: `app ${app.app}`,
      label: app.name,
      description,
      icon: "plug",
      tooltip: `${app.name} (${app.app}): ${description}`,
      spoken: `${app.name}: ${description}`,
      offers: ["app"],
      children: accounts,
      isOpen: accounts.length > 1 || app.accounts.some(({ state }) => state !== "ok"),
      subject: { kind: "app", app: app.app },
    };
  });
}

function accountRow({ app, name, accounts }: ConnectedApp, account: Account): Row {
  const { icon, colour, words, meaning } = STATES[account.state];
  const isLocal = account.provider === "local";
  const description = joined([
    words,
    account.chosen && "chosen here",
    isLocal && "kept here",
    account.environment === "production" ? "PRODUCTION" : account.environment,
  ]);
  return {
    id: `account ${app} ${account.id}`,
    label: account.name,
    description,
    icon: isLocal && account.state === "ok" ? "home" : icon,
    ...(colour === undefined ? {} : { colour }),
    tooltip: joined([`${account.name} (${account.id})`, meaning, ...more(account)], "\n"),
    spoken: joined([`Account ${account.name} of ${name}`, account.state === "ok" && "works", description]),
    offers: [
      "account",
      ...(isLocal || account.state === "ok" || account.state === "unreadable" ? [] : ["reconnect"]),
      ...(account.chosen || accounts.length < 2 ? [] : ["choose"]),
    ],
    children: [],
    subject: { kind: "account", app, account: account.id },
  };
}

function more(account: Account): string[] {
  return [
    ...(account.chosen ? ["Chosen for this project."] : []),
    ...(account.provider === "local" ? ["Kept on this machine, without Pipedream."] : []),
    ...(account.environment === "production" ? ["Of the environment production: what steps do with it is real."] : []),
  ];
}
