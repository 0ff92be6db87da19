/** Wiring, and nothing else. */
import {
  CancellationTokenSource,
  commands,
  StatusBarAlignment,
  window,
  workspace,
  type ExtensionContext,
  type OutputChannel,
  type StatusBarItem,
} from "vscode";
import { ExecuteCommandRequest } from "vscode-languageclient/node";

import { registerCommands } from "./commands";
import { RUN_STEP, type RunArguments } from "./protocol";
import { Runs, type RunView, type Stopper } from "./runs";
import { Server } from "./server";
import { SECTION } from "./settings";
import { trustedFolders } from "./trust";

let server: Server | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const log = window.createOutputChannel("pd-lsp", { log: true });
  const channel = window.createOutputChannel("Pipedream Run");
  const stopItem = createStopItem();
  const runs = new Runs(viewOf(channel, stopItem), () => new CancellingStopper(), sendRun);
  const running = new Server({
    log,
    workingFolder: context.extensionPath,
    trustedFolders: () =>
      trustedFolders(
        workspace.isTrusted,
        (workspace.workspaceFolders ?? []).map(({ uri }) => uri),
      ),
    runStep: (run) => runs.run(run),
    output: (output) => {
      runs.output(output);
    },
  });
  server = running;
  context.subscriptions.push(
    log,
    channel,
    stopItem,
    ...registerCommands({
      client: () => running.client,
      runStep: (run) => runs.run(run),
      stopRuns: () => {
        runs.stop();
      },
      restart: () => running.restart(),
      showLog: () => {
        log.show();
      },
    }),
    workspace.onDidGrantWorkspaceTrust(() => running.trustChanged()),
    workspace.onDidChangeWorkspaceFolders(() => running.trustChanged()),
    workspace.onDidChangeConfiguration((change) =>
      change.affectsConfiguration(SECTION) ? running.restart() : undefined,
    ),
  );
  await running.restart();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

/** Stops a run by cancelling its request, as LSP has it. */
class CancellingStopper implements Stopper {
  readonly source = new CancellationTokenSource();

  get isStopped(): boolean {
    return this.source.token.isCancellationRequested;
  }

  stop(): void {
    this.source.cancel();
  }
}

async function sendRun(run: RunArguments, stopper: CancellingStopper): Promise<unknown> {
  const client = server?.client;
  if (client === undefined) {
    throw new Error("pd-lsp is not running. Call “Pipedream: Restart the Language Server”.");
  }
  const params = { command: RUN_STEP, arguments: [run] };
  return client.sendRequest(ExecuteCommandRequest.type, params, stopper.source.token);
}

function createStopItem(): StatusBarItem {
  const item = window.createStatusBarItem("pdLsp.stopRun", StatusBarAlignment.Left);
  item.name = "Pipedream: stop the running step";
  item.text = "$(debug-stop) Stop step";
  item.tooltip = "Stop the step that is running";
  item.command = "pdLsp.stopRun";
  return item;
}

function viewOf(channel: OutputChannel, stopItem: StatusBarItem): RunView {
  return {
    append: (text) => {
      channel.append(text);
    },
    reveal: () => {
      channel.show(true);
    },
    running: (count) => {
      void commands.executeCommand("setContext", "pdLsp.running", count > 0);
      if (count > 0) {
        stopItem.show();
      } else {
        stopItem.hide();
      }
    },
  };
}
