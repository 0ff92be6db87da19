/** Where the person works: whose project counts for accounts and terminals. */
import path from "node:path";
import { window, workspace, type Uri } from "vscode";

import { onDisk } from "./trust";

/** The file that is open, else the first folder of the window; undefined where neither is on a disk. */
export function currentUri(): Uri | undefined {
  return openFile() ?? firstFolder();
}

/** The folder of the file that is open, else the first folder of the window. */
export function currentFolder(): string | undefined {
  const file = openFile();
  return file === undefined ? firstFolder()?.fsPath : path.dirname(file.fsPath);
}

function openFile(): Uri | undefined {
  const uri = window.activeTextEditor?.document.uri;
  return uri?.scheme === "file" ? uri : undefined;
}

function firstFolder(): Uri | undefined {
  return onDisk((workspace.workspaceFolders ?? []).map((folder) => folder.uri))[0];
}
