/** The language client and its options. */
import { window, type LogOutputChannel } from "vscode";
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  ShowMessageRequest,
  State,
  type CloseHandlerResult,
  type ErrorHandler,
  type LanguageClientOptions,
  type StaticFeature,
} from "vscode-languageclient/node";

import { noting } from "./firstSteps";
import type { Launch } from "./launch";
import { listOnce } from "./otherServers";
import {
  CHANGED,
  DEBUG_SESSION,
  DEBUG_STEP,
  OUTPUT,
  parseChange,
  parseDebugSession,
  parseRunArguments,
  parseRunOutput,
  RUN_STEP,
  type Change,
  type RunArguments,
  type RunCommand,
  type RunOutput,
} from "./protocol";
import { answerTo, dialogFor, type Question } from "./questions";
import { Restarts } from "./restarts";
import type { StepPython } from "./serverAnswers";
import { launchSettings, ruleLevels, SECTION } from "./settings";
import type { ServerState } from "./situation";

const RULES = `${SECTION}.rules`;

/** What the client needs from the rest of the extension. */
export interface ClientSurroundings {
  readonly log: LogOutputChannel;
  /** A folder of ours. It keeps the server out of the folder that is open, where `python -m` would look first. */
  readonly workingFolder: string;
  trustedFolders(): string[];
  /** The Pythons that are selected for folders, where the person wants steps to run in them. */
  stepPythons(): readonly StepPython[];
  /** A code lens was clicked, or another extension asked for a run. */
  runStep(run: RunArguments, command: RunCommand): Promise<unknown>;
  output(output: RunOutput): void;
  /** How long a run has gone on, by its name. False where it is the progress of something else. */
  progress(name: unknown, elapsed: string): boolean;
  /** The server can be talked to, from now on or again. */
  started(): void;
  /** A step waits for the debugger of this session. */
  debug(session: string): void;
  /** The server starts, runs or has ended. */
  serverIs(state: ServerState): void;
  /** What the server answers about this is another than before. */
  changed(what: Change): void;
  /** The server died and is not started again. May be called more than once. */
  gone(): void;
}

/** A client for one way to start the server. It is not started yet. */
export function createClient(launch: Launch, around: ClientSurroundings): LanguageClient {
  const executable = { command: launch.command, args: [...launch.args], options: { cwd: around.workingFolder } };
  const client: LanguageClient = new QuietClient(
    "pdLsp",
    "pd-lsp",
    executable,
    options(around, () => client.state === State.Running),
  );
  client.registerFeature(announcePd);
  client.onNotification(OUTPUT, (params: unknown) => {
    const output = parseRunOutput(params);
    if (output !== null) {
      around.output(output);
    }
  });
  client.onNotification(DEBUG_SESSION, (params: unknown) => {
    const session = parseDebugSession(params);
    if (session !== null) {
      around.debug(session);
    }
  });
  client.onNotification(CHANGED, (params: unknown) => {
    const what = parseChange(params);
    if (what !== null) {
      around.changed(what);
    }
  });
  client.onDidChangeState(({ newState }) => {
    around.serverIs(stateOf(newState));
  });
  client.onRequest(ShowMessageRequest.method, ask);
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Running) {
      around.started();
    }
  });
  return client;
}

function stateOf(state: State): ServerState {
  switch (state) {
    case State.Running:
      return "running";
    case State.Starting:
      return "starting";
    default:
      return "stopped";
  }
}

/** Errors of the protocol go to the log and nowhere else (D23): one popup for each keystroke helps nobody. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

function options(around: ClientSurroundings, isRunning: () => boolean): LanguageClientOptions {
  return {
    documentSelector: [{ scheme: "file", language: "python" }],
    outputChannel: around.log,
    initializationOptions: () => ({
      trustedFolders: around.trustedFolders(),
      rules: ruleLevels(),
      debug: true,
      ...(around.stepPythons().length > 0 ? { stepPythons: around.stepPythons() } : {}),
      ...(launchSettings().inlayHints ? { inlayHints: true } : {}),
    }),
    initializationFailedHandler: () => false,
    errorHandler: restartOnce(around, isRunning),
    middleware: {
      ...noting(listOnce()),
      // A run counts its seconds in its own view, and is forgotten by the client at its end.
      handleWorkDoneProgress: (token, value, next) => {
        const elapsed = value.kind === "report" ? (value.message ?? "") : "";
        if (value.kind === "end" || !around.progress(token, elapsed)) {
          next(token, value);
        }
      },
      workspace: {
        // The server may ask for the levels of its rules, and is told nothing else of the person's settings (D7).
        configuration: ({ items }) => items.map(({ section }) => (section === RULES ? ruleLevels() : null)),
      },
      // Every command of the server has become a command of VS Code; these two are shown as they run.
      executeCommand: (command, args, next) => {
        const run = parseRunArguments(args[0]);
        return run !== null && (command === RUN_STEP || command === DEBUG_STEP)
          ? around.runStep(run, command)
          : (next(command, args) as unknown);
      },
    },
  };
}

function restartOnce(around: ClientSurroundings, isRunning: () => boolean): ErrorHandler {
  const restarts = new Restarts();
  return {
    error: () => ({ action: ErrorAction.Continue }),
    closed: (): CloseHandlerResult => {
      // One that died before it answered `initialize` would die again.
      if (isRunning() && restarts.shouldRestart(performance.now())) {
        return { action: CloseAction.Restart };
      }
      around.gone();
      return { action: CloseAction.DoNotRestart, handled: true };
    },
  };
}

/** Tells the server that we know what is beyond plain LSP. */
const announcePd: StaticFeature = {
  fillClientCapabilities: (capabilities) => {
    capabilities.experimental = { ...(capabilities.experimental as object | undefined), pd: true };
  },
  initialize: () => undefined,
  getState: () => ({ kind: "static" }),
  clear: () => undefined,
};

async function ask(question: Question): Promise<{ readonly title: string } | null> {
  const { title, detail, buttons } = dialogFor(question);
  return answerTo(question, await window.showWarningMessage(title, { modal: true, detail }, ...buttons));
}
