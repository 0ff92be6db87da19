/** What VS Code is told of debugging a step: names, and nothing that decides what runs or what is shown to it (D12). */
import type { Launch } from "./launch";

/** The type of our debug configurations. */
export const DEBUG_TYPE = "pd-lsp";

/** A debug configuration, as VS Code and a folder's launch.json have it. */
export interface Configuration {
  readonly type: string;
  readonly name: string;
  readonly request: string;
  readonly [other: string]: unknown;
}

/** The configuration for a step that waits. */
export function configurationOf(session: string): Configuration {
  return { type: DEBUG_TYPE, request: "attach", name: "Pipedream step", session };
}

/**
 * What counts of a configuration, which a folder may have written: whose step it is, and whether libraries are shown.
 * Undefined where it names no step that waits: then a step is to be started first.
 */
export function cleaned(configuration: Readonly<Record<string, unknown>>): Configuration | undefined {
  const { session, justMyCode } = configuration;
  if (typeof session !== "string" || session === "") {
    return undefined;
  }
  return { ...configurationOf(session), ...(typeof justMyCode === "boolean" ? { justMyCode } : {}) };
}

/** The debug adapter: the pd-lsp that `program` starts, whatever a configuration says. */
export function adapterOf(program: Launch): Launch {
  return { command: program.command, args: [...program.args, "debug-adapter"] };
}
