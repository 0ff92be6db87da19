/** Wiring, and nothing else. */
import { window, workspace, type ExtensionContext } from "vscode";

import { askQuietly, execute } from "./askServer";
import { registerCommands } from "./commands";
import { registerDebugging, startDebugging } from "./debugger";
import { thisMachine } from "./machine";
import { StepContext } from "./openStep";
import { ProgramFinder } from "./program";
import { selectedInEnvironments, selectedInPython } from "./pythonExtensions";
import { RUN_STEP, type RunArguments, type RunCommand, type RunOutput } from "./protocol";
import { ResultView } from "./resultView";
import { CancellingStopper, sendRun } from "./runRequest";
import { Runs } from "./runs";
import { createRunView } from "./runView";
import { EventRuns } from "./runWithEvent";
import { Server } from "./server";
import { aFolderChoosesPython, launchSettings, SECTION } from "./settings";
import { SideView } from "./sideView";
import { StepPythons } from "./stepPythons";
import { offerInTerminals } from "./terminalCommand";
import { trustedFolders } from "./trust";
import { ValueDocuments } from "./valueDocuments";
import { whenStepAppears } from "./waking";

let server: Server | undefined;

export function activate(context: ExtensionContext): void {
  const log = window.createOutputChannel("pd-lsp", { log: true });
  const view = createRunView(() => {
    runs.stop();
  });
  const runs: Runs<CancellingStopper> = new Runs<CancellingStopper>(
    view,
    () => new CancellingStopper(),
    (run, stopper, command) => sendRun(started.client, run, stopper, command),
    ({ uri }, document) => {
      result.view.show({ uri, number: 1, document });
    },
  );
  const result = { view: new ResultView(), documents: new ValueDocuments() };
  const runStep = (run: RunArguments, command: RunCommand) => runs.run(run, command);
  const machineAndPerson = {
    ours: context.extensionPath,
    settings: launchSettings,
    machine: thisMachine,
    aFolderChoosesPython,
    selected: [() => selectedInEnvironments(), () => selectedInPython()],
  };
  const programs = new ProgramFinder(machineAndPerson, (program) => {
    offerInTerminals(program, context);
  });
  const side = new SideView(
    (command, argument) => askQuietly(started.client, command, argument, log),
    () => void wake(),
  );
  const around = {
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
    progress: (name: unknown, elapsed: string) => runs.progress(name, elapsed),
    debug: startDebugging,
    ...side.news,
    started: () => {
      stepContext.look();
    },
    stepPythons: () => stepPythons.listed,
  };
  const started: Server = new Server(around, programs);
  const stepContext = new StepContext(() => started.client);
  const stepPythons = new StepPythons((pythons) => void started.selectionChanged(pythons));
  const events = new EventRuns({
    execute: (command, argument) => execute(started.client, command, argument),
    runStep: (run) => runStep(run, RUN_STEP),
    memory: context.workspaceState,
    programs,
    workingFolder: context.extensionPath,
  });
  const wake = async () => {
    await stepPythons.refresh();
    await started.wake();
  };
  const foldersChanged = async () => {
    await started.trustChanged();
    side.refresh();
    await stepPythons.refresh();
  };
  const settingsChanged = async () => {
    await started.settingsChanged();
    await stepPythons.refresh();
  };
  server = started;
  context.subscriptions.push(
    log,
    view,
    side,
    stepContext,
    events,
    result.view,
    result.documents,
    ...registerDebugging(context.extensionPath, programs),
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
      side,
      workingFolder: context.extensionPath,
      programs,
      wake,
      events,
      result,
      manifest: context.extension.packageJSON as unknown,
    }),
    stepPythons,
    workspace.onDidGrantWorkspaceTrust(() => foldersChanged()),
    workspace.onDidChangeWorkspaceFolders(() => foldersChanged()),
    workspace.onDidChangeConfiguration((change) =>
      change.affectsConfiguration(SECTION) ? settingsChanged() : undefined,
    ),
    whenStepAppears(() => void wake()),
  );
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
