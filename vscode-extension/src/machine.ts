/** What has to be known of this machine to start pd-lsp on it. */
import { accessSync, constants, statSync } from "node:fs";
import { workspace } from "vscode";

import type { Machine } from "./launch";
import { onDisk } from "./trust";

export function thisMachine(): Machine {
  const folders = onDisk((workspace.workspaceFolders ?? []).map((folder) => folder.uri));
  return {
    platform: process.platform,
    searchPath: process.env["PATH"] ?? "",
    untrustedFolders: workspace.isTrusted ? [] : folders.map((folder) => folder.fsPath),
    isProgram,
  };
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
