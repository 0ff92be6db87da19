/** Wiring, and nothing else. */
import { window, workspace, type ExtensionContext } from "vscode";

import { registerCommands } from "./commands";
import type { RunArguments, RunOutput } from "./protocol";
import { CancellingStopper, sendRun } from "./runRequest";
import { Runs } from "./runs";
import { createRunView } from "./runView";
import { Server } from "./server";
import { SECTION } from "./settings";
import { trustedFolders } from "./trust";

let server: Server | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const log = window.createOutputChannel("pd-lsp", { log: true });
  const view = createRunView();
  const runs = new Runs<CancellingStopper>(
    view,
    () => new CancellingStopper(),
    (run, stopper) => sendRun(started.client, run, stopper),
  );
  const runStep = (run: RunArguments) => runs.run(run);
  const started: Server = new Server({
    log,
    workingFolder: context.extensionPath,
    trustedFolders: () =>
      trustedFolders(
        workspace.isTrusted,
        (workspace.workspaceFolders ?? []).map(({ uri }) => uri),
      ),
    runStep,
    output: (output: RunOutput) => {
      runs.output(output);
    },
  });
  server = started;
  context.subscriptions.push(
    log,
    view,
    ...registerCommands({
      client: () => started.client,
      runStep,
      stopRuns: () => {
        runs.stop();
      },
      restart: () => started.restart(),
      showLog: () => {
        log.show();
      },
      workingFolder: context.extensionPath,
    }),
    workspace.onDidGrantWorkspaceTrust(() => started.trustChanged()),
    workspace.onDidChangeWorkspaceFolders(() => started.trustChanged()),
    workspace.onDidChangeConfiguration((change) =>
      change.affectsConfiguration(SECTION) ? started.settingsChanged() : undefined,
    ),
  );
  await started.restart();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
