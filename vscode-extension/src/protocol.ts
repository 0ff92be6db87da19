/** What the server and this extension say to each other beyond plain LSP: names, and the shapes of what they carry. */

/** The commands that the server announces in `executeCommandProvider`. */
export const RUN_STEP = "pd.runStep";
export const DEBUG_STEP = "pd.debugStep";
export const REFRESH_ACCOUNTS = "pd.refreshAccounts";
export const WRITE_STUB = "pd.writeStub";

/** Starting a step, with a debugger or without. */
export type RunCommand = typeof RUN_STEP | typeof DEBUG_STEP;

/** Notifications: the folders that the person trusts go to the server, what a run prints comes from it. */
export const TRUSTED_FOLDERS = "pd/trustedFolders";
export const OUTPUT = "pd/output";
/** A step waits for its debugger. */
export const DEBUG_SESSION = "pd/debugSession";

/** Accounts, workflows or runs are others than they were: what was asked for of them has to be asked for again. */
export const CHANGED = "pd/changed";
export type Change = "accounts" | "workflows" | "runs";

/** The one argument of `pd.runStep` and `pd.debugStep`: a document, the name of its handler and, if wanted, a saved event to run with. */
export interface RunArguments {
  readonly uri: string;
  readonly handler: string;
  readonly event?: string;
}

/** A piece of what a run prints, cut anywhere. */
export interface RunOutput {
  readonly run: string;
  readonly stream: string;
  readonly text: string;
}

export interface StepError {
  readonly type: string;
  readonly message: string;
  readonly traceback: string;
}

/** How a run ended. A new server may know outcomes that this extension does not, so `outcome` is any word. */
export interface StepResult {
  readonly outcome: string;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly returned: unknown;
  readonly response: unknown;
  readonly error: StepError | null;
  readonly notices: readonly string[];
  readonly duration: number | null;
}

/** Checks the argument of `pd.runStep`, which may come from any extension; null when it is not one. */
export function parseRunArguments(value: unknown): RunArguments | null {
  if (!isRecord(value) || typeof value["uri"] !== "string" || typeof value["handler"] !== "string") {
    return null;
  }
  const { uri, handler, event } = value;
  return typeof event === "string" ? { uri, handler, event } : { uri, handler };
}

/** Checks a `pd/output` notification; null when it is not one. */
export function parseRunOutput(value: unknown): RunOutput | null {
  if (!isRecord(value) || typeof value["text"] !== "string") {
    return null;
  }
  return { run: textOf(value["run"]), stream: textOf(value["stream"]), text: value["text"] };
}

/** The name of the session in a `pd/debugSession` notification; null when it is not one. */
export function parseDebugSession(value: unknown): string | null {
  return isRecord(value) && typeof value["session"] === "string" ? value["session"] : null;
}

/** What has changed, of a `pd/changed` notification; null when it is none that we know. */
export function parseChange(value: unknown): Change | null {
  const known: readonly Change[] = ["accounts", "workflows", "runs"];
  return isRecord(value) ? (known.find((one) => one === value["what"]) ?? null) : null;
}

/** Reads what `pd.runStep` returned; null when nothing ran. Keys that are missing or strange count as empty. */
export function parseStepResult(value: unknown): StepResult | null {
  if (!isRecord(value) || typeof value["outcome"] !== "string") {
    return null;
  }
  const { outcome, exports, notices, duration } = value;
  return {
    outcome,
    exports: isRecord(exports) ? exports : {},
    returned: value["returned"] ?? null,
    response: value["response"] ?? null,
    error: parseError(value["error"]),
    notices: Array.isArray(notices) ? notices.filter((notice) => typeof notice === "string") : [],
    duration: typeof duration === "number" ? duration : null,
  };
}

/** Reads what `pd.refreshAccounts` returned; null when it failed, which the server has said by then. */
export function parseAccountCount(value: unknown): number | null {
  return isRecord(value) && typeof value["accounts"] === "number" ? value["accounts"] : null;
}

function parseError(value: unknown): StepError | null {
  if (!isRecord(value)) {
    return null;
  }
  return { type: textOf(value["type"]), message: textOf(value["message"]), traceback: textOf(value["traceback"]) };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
