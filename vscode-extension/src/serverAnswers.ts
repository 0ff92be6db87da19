/** What the server answers about itself and about the Python of a step, checked part by part. Knows no editor. */
import { isRecord } from "./protocol";

export const STEP_PYTHON = "pd.stepPython";
export const DEBUG_INFORMATION = "pd.debugInformation";
/** The notification that carries the Pythons that are selected for the folders. */
export const STEP_PYTHONS = "pd/stepPythons";

/** The Python of one folder's steps, as the server is told it. */
export interface StepPython {
  readonly folder: string;
  readonly python: string;
}

/** Why a step would run in a Python: words of the server. */
export type StepPythonReason = "settings" | "editor" | "packages" | "machine" | "own";
const REASONS: readonly string[] = ["settings", "editor", "packages", "machine", "own"] satisfies StepPythonReason[];

/** Which Python a step would run in. */
export interface StepPythonAnswer {
  readonly path: string;
  readonly version: string | undefined;
  readonly why: StepPythonReason;
  /** Packages that a run would ask about first. */
  readonly missing: readonly string[];
}

/** Reads what `pd.stepPython` returned; null where there is none, which the server has said by then. */
export function parseStepPython(value: unknown): StepPythonAnswer | null {
  if (!isRecord(value) || typeof value["path"] !== "string" || !isReason(value["why"])) {
    return null;
  }
  const { path, version, why, missing } = value;
  return {
    path,
    version: typeof version === "string" ? version : undefined,
    why,
    missing: Array.isArray(missing) ? missing.filter((name) => typeof name === "string") : [],
  };
}

/** What the server says of itself. Each part is a version, a word of a list, a number or a yes or no; else it is not there. */
export interface ServerFacts {
  readonly version: string | undefined;
  readonly python: string | undefined;
  readonly implementation: string | undefined;
  readonly executable: string | undefined;
  readonly system: string | undefined;
  readonly machine: string | undefined;
  readonly sandbox: boolean | undefined;
  readonly signIn: string | undefined;
  readonly accounts: number | undefined;
  readonly complete: boolean | undefined;
  readonly minutesOld: number | undefined;
  readonly documents: number | undefined;
  readonly trustedFolders: number | undefined;
}

/** Reads what `pd.debugInformation` returned; null where the server has not answered. */
export function parseServerFacts(value: unknown): ServerFacts | null {
  if (!isRecord(value)) {
    return null;
  }
  const among = (name: string, words: readonly string[]) => words.find((word) => word === value[name]);
  const number = (name: string) => (typeof value[name] === "number" ? value[name] : undefined);
  const flag = (name: string) => (typeof value[name] === "boolean" ? value[name] : undefined);
  return {
    version: versionOf(value["version"]),
    python: versionOf(value["python"]),
    implementation: among("implementation", ["cpython", "pypy", "graalpy"]),
    executable: typeof value["executable"] === "string" ? value["executable"] : undefined,
    system: among("system", ["Linux", "Darwin", "Windows", "FreeBSD"]),
    machine: among("machine", ["x86_64", "AMD64", "arm64", "aarch64", "ARM64"]),
    sandbox: flag("sandbox"),
    signIn: among("signIn", ["connect", "api", "local", "none"]),
    accounts: number("accounts"),
    complete: flag("complete"),
    minutesOld: number("minutesOld"),
    documents: number("documents"),
    trustedFolders: number("trustedFolders"),
  };
}

/** A version, such as `3.12.4` or `0.1.0-beta.1`; undefined for any other text. */
export function versionOf(value: unknown): string | undefined {
  return typeof value === "string" && /^\d+(?:\.\d+){0,3}(?:[-+.]?[a-z]{1,10}\.?\d{0,4})?$/.test(value)
    ? value
    : undefined;
}

function isReason(value: unknown): value is StepPythonReason {
  return typeof value === "string" && REASONS.includes(value);
}
