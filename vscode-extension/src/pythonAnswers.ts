/**
 * Reads what the two Python extensions answer: `PythonEnvironment` of ms-python.vscode-python-envs, and
 * `ResolvedEnvironment` of ms-python.python (the npm package `@vscode/python-extension` describes it). Knows no editor.
 */
import type { Candidate } from "./findPython";
import { isRecord } from "./protocol";

export type PythonExtension = "ms-python.vscode-python-envs" | "ms-python.python";

/** A Python that is selected in one of the extensions. */
export interface Selected {
  readonly python: string;
  /** As the extension knows it; undefined where it does not. */
  readonly version: string | undefined;
  readonly from: PythonExtension;
}

/** A `PythonEnvironment`; undefined where it is none, is broken, or is started through another program. */
export function fromEnvironments(answer: unknown): Selected | undefined {
  const run = part(part(answer, "execInfo"), "run");
  const python = part(run, "executable");
  const args = part(run, "args");
  const isWhole =
    part(answer, "error") === undefined && (args === undefined || (Array.isArray(args) && args.length === 0));
  return typeof python === "string" && python !== "" && isWhole
    ? { python, version: versionIn(part(answer, "version")), from: "ms-python.vscode-python-envs" }
    : undefined;
}

/** A `ResolvedEnvironment`; undefined where it is none, or has no Python in it. */
export function fromPython(answer: unknown): Selected | undefined {
  const python = part(part(part(answer, "executable"), "uri"), "fsPath");
  const { major, minor, micro } = asRecord(part(answer, "version"));
  const numbers = [major, minor, micro].filter((number) => typeof number === "number");
  return typeof python === "string" && python !== ""
    ? { python, version: numbers.length > 0 ? numbers.join(".") : undefined, from: "ms-python.python" }
    : undefined;
}

/** The same as something that may run the server. */
export function asCandidate(selected: Selected | undefined): Candidate | undefined {
  return selected && { command: selected.python, args: [], from: selected.from };
}

// Versions are shown to people and sent on, so that one is digits and points, whatever an extension calls it.
function versionIn(value: unknown): string | undefined {
  return typeof value === "string" ? /^\d+(?:\.\d+){0,2}/.exec(value)?.[0] : undefined;
}

function part(value: unknown, name: string): unknown {
  return asRecord(value)[name];
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
