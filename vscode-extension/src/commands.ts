/** What the person can call from the palette. */
import { commands, window, type Disposable } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";

import { accountCommands } from "./accountCommands";
import { chooseTemplate } from "./chooseTemplate";
import { copyDebugInformation } from "./copyDebugInformation";
import { execute } from "./askServer";
import { openStep } from "./openStep";
import {
  DEBUG_STEP,
  parseAccountCount,
  REFRESH_ACCOUNTS,
  RUN_STEP,
  WRITE_STUB,
  type RunArguments,
  type RunCommand,
} from "./protocol";
import type { ProgramFinder } from "./program";
import { resultCommands, type ResultTargets } from "./resultCommands";
import type { EventRuns } from "./runWithEvent";
import { showInterpreters, type Ask } from "./showInterpreters";
import { sideCommands } from "./sideCommands";
import type { SideView } from "./sideView";
import { parsePlace, parseSearch, type TemplatePlace } from "./templateList";

/** What the commands work on. */
export interface CommandTargets {
  /** The client, when there is a server to talk to. */
  readonly client: () => LanguageClient | undefined;
  readonly runStep: (run: RunArguments, command: RunCommand) => Promise<unknown>;
  readonly stopRuns: () => void;
  readonly restart: () => Promise<void>;
  readonly showLog: () => void;
  readonly side: SideView;
  /** A folder of ours, in which terminals start. */
  readonly workingFolder: string;
  readonly programs: ProgramFinder;
  /** Starts the server where nobody has needed it yet. */
  readonly wake: () => Promise<void>;
  readonly events: EventRuns;
  readonly result: Pick<ResultTargets, "view" | "documents">;
  /** What `package.json` says. */
  readonly manifest: unknown;
}

/** Registers every command of `package.json`. */
export function registerCommands(targets: CommandTargets): Disposable[] {
  return Object.entries({
    "pdLsp.runStep": () => runStepAtCursor(targets, (step) => targets.runStep(step, RUN_STEP)),
    "pdLsp.runStepWithEvent": () => runStepAtCursor(targets, (step) => targets.events.choose(step)),
    "pdLsp.debugStep": () => runStepAtCursor(targets, (step) => targets.runStep(step, DEBUG_STEP)),
    "pdLsp.stopRun": targets.stopRuns,
    "pdLsp.refreshAccounts": () => refreshAccounts(targets),
    "pdLsp.writeStub": () => writeStub(targets),
    "pdLsp.insertTemplate": (place: unknown) => insertTemplate(targets, parsePlace(place), parseSearch(place)),
    "pdLsp.restartServer": targets.restart,
    "pdLsp.showLog": targets.showLog,
    "pdLsp.showInterpreters": () => showInterpreters(targets.programs, asking(targets)),
    "pdLsp.copyDebugInformation": () => copyDebugInformation(targets.manifest, targets.programs, asking(targets)),
    ...accountCommands(targets.workingFolder, targets.programs),
    ...sideCommands({
      side: targets.side,
      runStep: targets.runStep,
      execute: async (command, argument) => execute(await running(targets), command, argument),
    }),
    ...resultCommands({ ...targets.result, execute: asking(targets), openUri: openUri(targets) }),
  }).map(([id, call]) => commands.registerCommand(id, call));
}

async function runStepAtCursor(targets: CommandTargets, run: (step: RunArguments) => Promise<unknown>): Promise<void> {
  const client = await running(targets);
  if (client === undefined) {
    return;
  }
  const step = await openStep(client);
  if (step === undefined) {
    void window.showInformationMessage("There is no step to run here. A step is a function “def handler(pd):”.");
  } else {
    await run(step);
  }
}

async function refreshAccounts(targets: CommandTargets): Promise<void> {
  const count = parseAccountCount(await execute(await running(targets), REFRESH_ACCOUNTS));
  if (count !== null) {
    window.setStatusBarMessage(`Pipedream: ${count} connected accounts`, 5000);
  }
}

/** The server says what it has written, or why it has not. */
async function writeStub(targets: CommandTargets): Promise<void> {
  const client = await running(targets);
  const editor = window.activeTextEditor;
  if (client !== undefined && editor === undefined) {
    void window.showInformationMessage("Open a step of the project, then call this again.");
  } else if (client !== undefined && editor !== undefined) {
    await execute(client, WRITE_STUB, { uri: client.code2ProtocolConverter.asUri(editor.document.uri) });
  }
}

/** At the place that a code action names, else at the cursor. `search` is what is looked for at first. */
async function insertTemplate(targets: CommandTargets, named: TemplatePlace | null, search: string): Promise<void> {
  const client = await running(targets);
  const editor = window.activeTextEditor;
  if (client === undefined) {
    return;
  }
  const place =
    named ??
    (editor && {
      uri: client.code2ProtocolConverter.asUri(editor.document.uri),
      position: client.code2ProtocolConverter.asPosition(editor.selection.active),
    });
  if (place === undefined) {
    void window.showInformationMessage("Open the step that the template goes into, then call this again.");
  } else {
    chooseTemplate(place, (command, argument) => execute(client, command, argument), search);
  }
}

/** Asks the server as far as it runs: what is shown of it must not need it. */
function asking(targets: CommandTargets): Ask {
  return async (command, argument) => {
    await targets.wake();
    return execute(targets.client(), command, ...(argument === undefined ? [] : [argument]));
  };
}

/** The URI of the step that is open, as the server has it. */
function openUri({ client }: CommandTargets): () => string | undefined {
  return () => {
    const document = window.activeTextEditor?.document;
    return document?.languageId === "python" ? client()?.code2ProtocolConverter.asUri(document.uri) : undefined;
  };
}

async function running(targets: CommandTargets): Promise<LanguageClient | undefined> {
  await targets.wake();
  const client = targets.client();
  if (client === undefined) {
    void window.showErrorMessage("pd-lsp is not running. Call “Pipedream: Restart the Language Server”.");
  }
  return client;
}
