/** What can be done with a line of the side view. */
import { commands, env, Uri, window } from "vscode";

import { appPage, USE_ACCOUNT } from "./connectedAccounts";
import { openFirstSteps } from "./firstSteps";
import { currentUri } from "./currentPlace";
import { DEBUG_STEP, RUN_STEP, type RunArguments, type RunCommand } from "./protocol";
import { subjectOf, type Subject } from "./rows";
import type { SideView } from "./sideView";
import { chooseFromStatus, STATUS } from "./statusItem";

/** What the commands work on. */
export interface SideTargets {
  readonly side: SideView;
  readonly runStep: (run: RunArguments, command: RunCommand) => Promise<unknown>;
  /** Lets the server execute a command; it says by itself what has gone wrong. */
  readonly execute: (command: string, argument: object) => Promise<unknown>;
}

/** What can be called, by the id in `package.json`. Each is given the line that it was called on. */
export function sideCommands({ side, runStep, execute }: SideTargets): Record<string, (row: unknown) => unknown> {
  return {
    [STATUS]: () => chooseFromStatus(side.situation),
    "pdLsp.refreshWorkflows": () => {
      side.refresh();
    },
    "pdLsp.reconnectAccount": (row) => commands.executeCommand("pdLsp.connectAccount", row),
    "pdLsp.useAccount": on("account", async ({ app, account }) => {
      const uri = currentUri()?.toString();
      await execute(USE_ACCOUNT, { ...(uri === undefined ? {} : { uri }), app, account });
      side.changed("accounts");
    }),
    "pdLsp.openAppPage": withApp((app) => env.openExternal(Uri.parse(appPage(app)))),
    "pdLsp.copyAppSlug": withApp((app) => env.clipboard.writeText(app)),
    "pdLsp.insertAppTemplate": withApp((app) => commands.executeCommand("pdLsp.insertTemplate", { search: app })),
    "pdLsp.runListedStep": on("step", (step) => start(step, RUN_STEP, runStep)),
    "pdLsp.debugListedStep": on("step", (step) => start(step, DEBUG_STEP, runStep)),
    "pdLsp.openWalkthrough": openFirstSteps,
  };
}

type Of<Kind extends Subject["kind"]> = Extract<Subject, { kind: Kind }>;

/** A command for lines of one kind; on any other it does nothing. */
function on<Kind extends Subject["kind"]>(kind: Kind, call: (subject: Of<Kind>) => unknown) {
  return (row: unknown): unknown => {
    const subject = subjectOf(row);
    return subject?.kind === kind ? call(subject as Of<Kind>) : undefined;
  };
}

function withApp(call: (app: string) => unknown) {
  return (row: unknown): unknown => {
    const subject = subjectOf(row);
    return subject !== null && "app" in subject ? call(subject.app) : undefined;
  };
}

/** Opens the step, as the server runs what is open, and starts it. */
async function start({ uri, handler }: Of<"step">, command: RunCommand, runStep: SideTargets["runStep"]) {
  await window.showTextDocument(Uri.parse(uri));
  if (handler !== null) {
    await runStep({ uri, handler }, command);
  }
}
