/** How it is said where a Python comes from. Knows no editor. */
import type { PythonSource } from "./findPython";
import type { Program } from "./launch";
import type { StepPythonReason } from "./serverAnswers";

const FOUND: Readonly<Record<PythonSource, string>> = {
  "ms-python.vscode-python-envs": "by the Python Environments extension",
  "ms-python.python": "by the Python extension",
  PATH: "on PATH",
  py: "by Windows’ launcher py",
};

/** Where the program that is pd-lsp comes from. */
export function programSource({ from, python }: Program): string {
  switch (from) {
    case "extension":
      return `inside the extension, Python found ${FOUND[python?.from ?? "PATH"]}`;
    case "PATH":
      return "pd-lsp on PATH";
    default:
      return `the setting ${from}`;
  }
}

/** Why a step runs in a Python. */
export const STEP_REASONS: Readonly<Record<StepPythonReason, string>> = {
  settings: "the setting pdLsp.step.python",
  editor: "selected in VS Code for its folder",
  packages: "an environment of pd-lsp, with what the step imports",
  machine: "a Python of this machine, of the version that the platform has",
  own: "the Python that pd-lsp itself runs in",
};
