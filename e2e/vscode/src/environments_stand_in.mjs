/** Packs the stand-in for the extension Python Environments, so that it is installed as that one would be. */
import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import { ROOT } from "./places.mjs";

const VSCE = path.join(ROOT, "vscode-extension", "node_modules", "@vscode", "vsce", "vsce");

/** Packs it into a folder of its own; the path of the `.vsix`. */
export function packEnvironmentsStandIn() {
  const vsix = path.join(mkdtempSync(path.join(os.tmpdir(), "pd-lsp-stand-in-")), "python-environments.vsix");
  const flags = ["package", "--no-dependencies", "--allow-missing-repository", "--skip-license", "--out", vsix];
  const cwd = path.join(ROOT, "e2e", "vscode", "environments_stand_in");
  execFileSync(process.execPath, [VSCE, ...flags], { cwd, stdio: "pipe" });
  return vsix;
}
