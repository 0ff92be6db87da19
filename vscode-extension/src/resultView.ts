/** The view “Result”: the tree of a run, and an item in the status bar that leads to it. */
import {
  commands,
  EventEmitter,
  MarkdownString,
  StatusBarAlignment,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  window,
  type Disposable,
  type TreeDataProvider,
} from "vscode";

import { parseStepResult } from "./protocol";
import type { ShownRun } from "./resultDocument";
import { resultNodes } from "./resultTree";
import type { ResultNode } from "./resultValues";
import { sentence, shortName } from "./runSummary";
import { plain } from "./terminalText";

const VIEW = "pdLsp.result";

export class ResultView implements Disposable, TreeDataProvider<ResultNode> {
  readonly #changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #tree = window.createTreeView<ResultNode>(VIEW, { treeDataProvider: this, showCollapseAll: true });
  readonly #item = window.createStatusBarItem(VIEW, StatusBarAlignment.Left);
  #shown: ShownRun | undefined;

  constructor() {
    this.#item.name = "Pipedream: the result of the last run";
    this.#item.tooltip = "Show the result of the last run as a tree";
    this.#item.command = `${VIEW}.focus`;
  }

  /** The run that is shown. */
  get shown(): ShownRun | undefined {
    return this.#shown;
  }

  /** The node that a command was called for: the one it was given, else the one that is selected. */
  nodeOf(given: unknown): ResultNode | undefined {
    return isNode(given) ? given : this.#tree.selection[0];
  }

  /** Shows a run. The view itself stays where it is: somebody who has another one open keeps it. */
  show(run: ShownRun): void {
    const result = parseStepResult(run.document);
    if (result === null) {
      return;
    }
    this.#shown = run;
    const name = shortName(run.uri);
    const how = plain(sentence(result));
    this.#tree.description = name;
    this.#tree.message = run.number === 1 ? "" : `An earlier run of ${name}`;
    this.#item.text = `$(${result.outcome === "succeeded" ? "pass" : "error"}) ${name}: ${result.outcome}`;
    this.#item.accessibilityInformation = { label: `${name}: ${how} Shows the result.` };
    this.#item.show();
    void commands.executeCommand("setContext", "pdLsp.hasResult", true);
    this.#changed.fire(undefined);
  }

  getChildren(node?: ResultNode): ResultNode[] {
    return node === undefined ? (this.#shown ? resultNodes(this.#shown) : []) : (node.children?.() ?? []);
  }

  getTreeItem(node: ResultNode): TreeItem {
    const state = node.children === undefined ? TreeItemCollapsibleState.None : collapsed(node);
    const item = new TreeItem(node.label, state);
    item.description = node.description;
    item.accessibilityInformation = { label: node.spoken };
    item.tooltip = new MarkdownString().appendCodeblock(node.spoken, "text");
    item.iconPath = new ThemeIcon(node.icon);
    item.contextValue = [node.keys && "value", node.path && "path", node.line && "line"].filter(Boolean).join(" ");
    if (node.line !== undefined) {
      item.command = { command: "pdLsp.openLine", title: "Open the line", arguments: [node] };
    } else if (node.keys !== undefined && node.children === undefined) {
      item.command = { command: "pdLsp.openValue", title: "Open the value", arguments: [node] };
    }
    return item;
  }

  dispose(): void {
    this.#tree.dispose();
    this.#item.dispose();
    this.#changed.dispose();
  }
}

/** The first lines are open, what is below them is not; an error shows where it was raised. */
function collapsed({ keys }: ResultNode): TreeItemCollapsibleState {
  return keys?.length === 1 && keys[0] !== "run"
    ? TreeItemCollapsibleState.Expanded
    : TreeItemCollapsibleState.Collapsed;
}

function isNode(given: unknown): given is ResultNode {
  return typeof given === "object" && given !== null && "label" in given && "spoken" in given;
}
