/** Asks how the person wants to sign in. What is secret is asked for in a terminal, never here (D2). */
import { commands, env, window } from "vscode";

import { BY_VARIABLES, SIGN_IN_WAYS, VARIABLES, type SignInWay } from "./signInWays";
import type { AccountCommand } from "./terminals";

/** Shows the ways, and goes the one that is chosen; `open` opens a terminal. */
export async function chooseWay(open: (command: AccountCommand) => Promise<void>): Promise<void> {
  const way = await window.showQuickPick(SIGN_IN_WAYS, {
    title: "Pipedream: Sign In",
    placeHolder: "How do you sign in to Pipedream?",
    matchOnDetail: true,
  });
  if (way !== undefined) {
    await go(way.leads, open);
  }
}

async function go(leads: SignInWay["leads"], open: (command: AccountCommand) => Promise<void>): Promise<void> {
  if ("terminal" in leads) {
    await open(leads.terminal);
  } else if ("command" in leads) {
    await commands.executeCommand(leads.command, leads.argument);
  } else {
    await tellVariables();
  }
}

async function tellVariables(): Promise<void> {
  const { title, detail, copy } = BY_VARIABLES;
  const button = await window.showInformationMessage(title, { modal: true, detail }, copy);
  if (button === copy) {
    await env.clipboard.writeText(VARIABLES.join("\n"));
  }
}
