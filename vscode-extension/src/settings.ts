/** Reads the person's own settings. A folder's settings never count here (D7), whatever VS Code made of their scope. */
import { workspace } from "vscode";

import type { LaunchSettings } from "./launch";

export const SECTION = "pdLsp";

/** The settings that decide how the server is started. When one of them changes, it has to be started again. */
export function launchSettings(): LaunchSettings {
  const command = own("server.command");
  return {
    serverCommand: Array.isArray(command) ? command.filter((part) => typeof part === "string") : [],
    serverPython: text(own("server.python")),
    stepPython: text(own("step.python")),
    sandbox: own("sandbox") === true,
    inlayHints: own("inlayHints") === true,
  };
}

/** What the person has set for the rules of diagnostics, by code of rule. */
export function ruleLevels(): Record<string, unknown> {
  const levels = own("rules");
  return typeof levels === "object" && levels !== null && !Array.isArray(levels) ? { ...levels } : {};
}

function own(name: string): unknown {
  return workspace.getConfiguration(SECTION).inspect(name)?.globalValue;
}

function text(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}
