/** Asks a Python what it is, in a process of its own. Knows no editor. */
import { execFile } from "node:child_process";

import type { Ask, Candidate, Said } from "./findPython";

// Isolated and without `site`: nothing but the interpreter itself runs, no package, no sitecustomize.
const ISOLATED = ["-I", "-S", "-X", "utf8", "-c"];
const QUESTION =
  "import sys, sysconfig; " +
  'print("pd-lsp", sys.implementation.name, "%d.%d.%d" % sys.version_info[:3], sysconfig.get_platform(), ' +
  'int("free-threading" in sys.version), sys.executable)';
const HAS_PD_LSP = 'import importlib.util; print("pd-lsp", importlib.util.find_spec("pd_lsp") is not None)';
const PATIENCE_MS = 5000;

/** Asks in `workingFolder`, a folder of ours: a shim takes the version that a file of the folder around it names. */
export function askIn(workingFolder: string): Ask {
  return async (candidate) => parseSaid(await output(candidate, [...ISOLATED, QUESTION], workingFolder));
}

/** Whether this Python imports a pd-lsp of its own, started as the server would be. */
export async function hasPdLsp(python: string, workingFolder: string): Promise<boolean> {
  const said = await output({ command: python, args: [] }, ["-c", HAS_PD_LSP], workingFolder);
  return /^pd-lsp True\s*$/m.test(said);
}

/** What a Python has printed; undefined where that is no answer. */
export function parseSaid(printed: string): Said | undefined {
  const parts = /^pd-lsp (\S+) (\d+\.\d+\.\d+) (\S+) ([01]) (\S.*)$/m.exec(printed);
  const [, implementation, version, platform, isFreeThreaded, path] = parts ?? [];
  return implementation === undefined || version === undefined || platform === undefined || path === undefined
    ? undefined
    : { implementation, version, platform, isFreeThreaded: isFreeThreaded === "1", path: path.trimEnd() };
}

function output(candidate: Pick<Candidate, "command" | "args">, args: string[], cwd: string): Promise<string> {
  const options = { cwd, env: environment(), timeout: PATIENCE_MS, windowsHide: true, encoding: "utf8" } as const;
  return new Promise((resolve) => {
    execFile(candidate.command, [...candidate.args, ...args], options, (error, stdout) => {
      resolve(error === null ? stdout : "");
    });
  });
}

/** Without what lets a shim look into a folder, and with a word to Windows' launcher not to install anything. */
function environment(): NodeJS.ProcessEnv {
  return { ...process.env, PYENV_DIR: undefined, PYTHON_MANAGER_AUTOMATIC_INSTALL: "false" };
}
