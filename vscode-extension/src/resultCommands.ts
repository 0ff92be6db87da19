/** What can be done with a result: open and copy a value, compare it with the run before, look at earlier runs. */
import { commands, env, Range, Uri, window } from "vscode";

import { LAST_RUNS, runChoices, SHOW_RUN } from "./keptRuns";
import { isRecord } from "./protocol";
import { comparable, inOrder, textOf, valueAt, type ShownRun } from "./resultDocument";
import type { ResultNode } from "./resultValues";
import type { ResultView } from "./resultView";
import { shortName } from "./runSummary";
import type { ValueDocuments } from "./valueDocuments";

/** What the commands work on. */
export interface ResultTargets {
  readonly view: ResultView;
  readonly documents: ValueDocuments;
  /** Lets the server execute a command. */
  readonly execute: (command: string, argument: unknown) => Promise<unknown>;
  /** The URI of the step that is open. */
  readonly openUri: () => string | undefined;
}

/** What can be called, by the id in `package.json`; those of a line of the tree are given its node. */
export function resultCommands(targets: ResultTargets): Record<string, (given?: unknown) => unknown> {
  const { view } = targets;
  return {
    "pdLsp.openValue": (given) => openValue(targets, view.nodeOf(given)),
    "pdLsp.openLine": (given) => openLine(view.shown, view.nodeOf(given)),
    "pdLsp.copyValue": (given) => {
      const node = view.nodeOf(given);
      return node?.keys && env.clipboard.writeText(textOf(node.value));
    },
    "pdLsp.copyPath": (given) => {
      const path = view.nodeOf(given)?.path;
      return path === undefined ? undefined : env.clipboard.writeText(path);
    },
    "pdLsp.compareResult": (given) => compare(targets, given === undefined ? undefined : view.nodeOf(given)),
    "pdLsp.showEarlierRuns": () => showEarlierRuns(targets),
  };
}

async function openValue({ documents, view }: ResultTargets, node: ResultNode | undefined): Promise<void> {
  if (node?.keys === undefined || view.shown === undefined) {
    return;
  }
  const ending = typeof node.value === "string" ? "txt" : "json";
  const uri = documents.add(`${shortName(view.shown.uri)} ${node.label}.${ending}`, textOf(node.value));
  await commands.executeCommand("vscode.open", uri);
}

async function openLine(shown: ShownRun | undefined, node: ResultNode | undefined): Promise<void> {
  if (shown !== undefined && node?.line !== undefined) {
    const line = Math.max(node.line - 1, 0);
    await commands.executeCommand("vscode.open", Uri.parse(shown.uri), { selection: new Range(line, 0, line, 0) });
  }
}

/** Shows what is different from the run before; of one line of the tree, where it is called for one. */
async function compare(targets: ResultTargets, node: ResultNode | undefined): Promise<void> {
  const { view, documents } = targets;
  const { shown } = view;
  if (shown === undefined) {
    void window.showInformationMessage("There is no result yet: run a step first.");
    return;
  }
  const choices = runChoices(await targets.execute(LAST_RUNS, { uri: shown.uri }), String);
  const before = choices.some(({ number }) => number === shown.number + 1)
    ? await keptRun(targets, shown.uri, shown.number + 1)
    : undefined;
  if (before === undefined) {
    void window.showInformationMessage("There is no earlier run of this step to compare with: run it once more.");
    return;
  }
  const keys = node?.keys;
  const part = (run: ShownRun) => inOrder(keys === undefined ? comparable(run) : valueAt(run.document, keys));
  const name = `${shortName(shown.uri)}${keys === undefined ? "" : ` ${node?.label ?? ""}`}`;
  const [left, right] = [documents.add(`${name}.json`, part(before)), documents.add(`${name}.json`, part(shown))];
  await commands.executeCommand("vscode.diff", left, right, `${name}: the run before ↔ this run`);
}

async function showEarlierRuns(targets: ResultTargets): Promise<void> {
  const uri = targets.openUri() ?? targets.view.shown?.uri;
  if (uri === undefined) {
    void window.showInformationMessage("Open a step, then call this again.");
    return;
  }
  const choices = runChoices(await targets.execute(LAST_RUNS, { uri }), (at) => new Date(at).toLocaleString());
  if (choices.length === 0) {
    void window.showInformationMessage(`No runs of ${shortName(uri)} are kept: run it once.`);
    return;
  }
  const chosen = await window.showQuickPick(choices, { title: `Earlier runs of ${shortName(uri)}` });
  const run = chosen && (await keptRun(targets, uri, chosen.number));
  if (run !== undefined) {
    targets.view.show(run);
    await commands.executeCommand("pdLsp.result.focus");
  }
}

async function keptRun({ execute }: ResultTargets, uri: string, number: number): Promise<ShownRun | undefined> {
  const document = await execute(SHOW_RUN, { uri, number });
  return isRecord(document) ? { uri, number, document } : undefined;
}
