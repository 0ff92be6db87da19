/** Packs the stand-in for another Python server's extension, with the tools that pack our own. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";

import { BASEDPYRIGHT, ROOT, STEP_PYTHON } from "./places.mjs";

const EXTENSION = path.join(ROOT, "vscode-extension");

/** Packs it into a folder of its own; the path of the `.vsix`. */
export async function packStandIn() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "pd-lsp-stand-in-"));
  const tools = createRequire(path.join(EXTENSION, "package.json"));
  await tools("esbuild").build({
    entryPoints: [path.join(ROOT, "e2e", "vscode", "stand_in", "extension.mjs")],
    outfile: path.join(folder, "extension.js"),
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["vscode"],
    nodePaths: [path.join(EXTENSION, "node_modules")],
    define: { COMMAND: JSON.stringify(BASEDPYRIGHT), STEP_PYTHON: JSON.stringify(STEP_PYTHON) },
    logLevel: "warning",
  });
  writeFileSync(path.join(folder, "package.json"), JSON.stringify(MANIFEST));
  const vsix = path.join(folder, "stand-in.vsix");
  const vsce = path.join(EXTENSION, "node_modules", "@vscode", "vsce", "vsce");
  const flags = ["package", "--no-dependencies", "--allow-missing-repository", "--skip-license", "--out", vsix];
  execFileSync(process.execPath, [vsce, ...flags], { cwd: folder, stdio: "pipe" });
  return vsix;
}

const MANIFEST = {
  name: "stand-in",
  displayName: "basedpyright, started by a stand-in",
  description: "For the tests of pd-lsp alone.",
  version: "0.0.1",
  publisher: "pd-lsp-tests",
  engines: { vscode: "^1.91.0" },
  main: "./extension.js",
  extensionKind: ["workspace"],
  activationEvents: ["onLanguage:python"],
};
