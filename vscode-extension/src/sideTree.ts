/** Shows rows as a tree of VS Code. */
import { isDeepStrictEqual } from "node:util";
import {
  EventEmitter,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  type TreeDataProvider,
} from "vscode";

import type { Row } from "./rows";

export class SideTree implements TreeDataProvider<Row> {
  readonly #changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  #rows: readonly Row[] = [];

  /** Shows these rows. Where nothing is different, the tree stays as it is, with its focus. */
  show(rows: readonly Row[]): void {
    if (!isDeepStrictEqual(rows, this.#rows)) {
      this.#rows = rows;
      this.#changed.fire(undefined);
    }
  }

  getChildren(row?: Row): Row[] {
    return [...(row?.children ?? this.#rows)];
  }

  getTreeItem(row: Row): TreeItem {
    const item = new TreeItem(row.label, foldingOf(row));
    item.id = row.id;
    item.description = row.description;
    item.tooltip = row.tooltip;
    item.iconPath = new ThemeIcon(row.icon, row.colour === undefined ? undefined : new ThemeColor(row.colour));
    item.contextValue = row.offers.join(" ");
    item.accessibilityInformation = { label: row.spoken };
    if (row.subject.kind === "step") {
      item.command = { title: "Open the Step", command: "vscode.open", arguments: [Uri.parse(row.subject.uri)] };
    }
    return item;
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

function foldingOf({ children, isOpen }: Row): TreeItemCollapsibleState {
  if (children.length === 0) {
    return TreeItemCollapsibleState.None;
  }
  return isOpen === true ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
}
