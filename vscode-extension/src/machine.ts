/** What has to be known of this machine to start pd-lsp on it. */
import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { workspace } from "vscode";

import type { Machine } from "./places";
import { onDisk } from "./trust";

export function thisMachine(): Machine {
  const folders = onDisk((workspace.workspaceFolders ?? []).map((folder) => folder.uri));
  const openFolders = folders.map((folder) => folder.fsPath);
  return {
    platform: process.platform,
    arch: process.arch,
    searchPath: process.env["PATH"] ?? "",
    openFolders,
    untrustedFolders: workspace.isTrusted ? [] : openFolders,
    isProgram,
    realPath,
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

function realPath(file: string): string {
  try {
    return realpathSync.native(file);
  } catch {
    return file;
  }
}
