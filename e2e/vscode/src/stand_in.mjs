/** Packs a stand-in for an extension of somebody else's, so that it is installed as that one would be. */
import { spawnSync } from "node:child_process";
import path from "node:path";

import { ROOT } from "./places.mjs";

const VSCE = path.join(ROOT, "vscode-extension", "node_modules", "@vscode", "vsce", "vsce");

/** Packs `e2e/vscode/stand-ins/NAME` into `folder`; the file. */
export function packStandIn(name, folder) {
  const file = path.join(folder, `${name}.vsix`);
  const flags = ["--no-dependencies", "--allow-missing-repository", "--skip-license", "--out", file];
  const cwd = path.join(import.meta.dirname, "..", "stand-ins", name);
  const packed = spawnSync(process.execPath, [VSCE, "package", ...flags], { cwd, encoding: "utf8" });
  if (packed.status !== 0) {
    throw new Error(`The stand-in ${name} could not be packed: ${packed.stdout}${packed.stderr}`);
  }
  return file;
}
