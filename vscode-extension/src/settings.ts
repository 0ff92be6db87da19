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

/** Whether steps run in the Python that is selected for their folder in VS Code's Python extensions. */
export function followsSelection(): boolean {
  return own("step.selectedEnvironment") === true;
}

/**
 * Whether a folder's settings say which Python the Python extensions select for the window. What comes of that is the
 * folder's choice and not the person's.
 */
export function aFolderChoosesPython(): boolean {
  const scopes = [undefined, ...(workspace.workspaceFolders ?? []).map(({ uri }) => uri)];
  return scopes.some((scope) => {
    const set = workspace.getConfiguration("python", scope).inspect("defaultInterpreterPath");
    return set?.workspaceValue !== undefined || set?.workspaceFolderValue !== undefined;
  });
}

/** The person's own value of a setting, by its whole name; undefined where they have set none. */
export function ownSetting(name: string): unknown {
  return own(name.replace(`${SECTION}.`, ""));
}

function own(name: string): unknown {
  return workspace.getConfiguration(SECTION).inspect(name)?.globalValue;
}

function text(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}
