/** Situations of an editor, for tests of what is said in them. */
import type { ConnectedAccounts, SignIn } from "../src/connectedAccounts";
import type { Situation } from "../src/situation";

/** Somebody signed in who has nothing yet. */
export const SIGNED_IN: SignIn = {
  state: "signed in",
  kind: "connect",
  project: "proj_abc",
  environment: "development",
};

export function accounts(parts: Partial<ConnectedAccounts> = {}): ConnectedAccounts {
  return { signIn: SIGNED_IN, complete: true, asking: false, problem: null, apps: [], ...parts };
}

/** An app with one account, of this environment where one is given. */
export function slack(environment: string | null = null, chosen = false): ConnectedAccounts["apps"][number] {
  const account = { id: "apn_1", name: "Team", state: "ok", provider: "connect", environment, chosen } as const;
  return { app: "slack", name: "Slack", accounts: [account] };
}

/** A folder is open and trusted, the server runs and has answered. */
export function situation(parts: Partial<Situation> = {}): Situation {
  return { hasFolder: true, isTrusted: true, server: "running", accounts: accounts(), workflows: [], ...parts };
}
