/** Copies what a report of a fault needs, and says so. What may be in it, `debugInformation.ts` decides. */
import { homedir, userInfo } from "node:os";
import { env, UIKind, version, window, workspace, type ExtensionContext } from "vscode";

import { debugInformation, type DebugFacts, type SettingSchema } from "./debugInformation";
import type { ProgramFinder } from "./program";
import { isRecord } from "./protocol";
import { DEBUG_INFORMATION, parseServerFacts, parseStepPython, STEP_PYTHON } from "./serverAnswers";
import { ownSetting } from "./settings";
import { openStep, type Ask } from "./showInterpreters";

export async function copyDebugInformation(
  manifest: ExtensionContext["extension"]["packageJSON"],
  programs: ProgramFinder,
  ask: Ask,
): Promise<void> {
  const content = debugInformation(await facts(manifest, programs, ask));
  await env.clipboard.writeText(content);
  const said =
    "The debug information is in the clipboard: versions, states and counts, no values. Paste it into a report.";
  const show = "Show It";
  if ((await window.showInformationMessage(said, show)) === show) {
    await window.showTextDocument(await workspace.openTextDocument({ content, language: "markdown" }));
  }
}

async function facts(manifest: unknown, programs: ProgramFinder, ask: Ask): Promise<DebugFacts> {
  const step = openStep();
  const python = step && workspace.isTrusted ? await ask(STEP_PYTHON, { uri: step.uri.toString() }) : null;
  return {
    owner: { home: homedir(), user: userInfo().username },
    extension: isRecord(manifest) ? manifest["version"] : undefined,
    editor: version,
    app: env.appName,
    isWeb: env.uiKind === UIKind.Web,
    remote: env.remoteName,
    platform: process.platform,
    arch: process.arch,
    isTrusted: workspace.isTrusted,
    folders: workspace.workspaceFolders?.length ?? 0,
    program: await programs.current(),
    server: parseServerFacts(await ask(DEBUG_INFORMATION)),
    step: parseStepPython(python),
    settings: Object.entries(schemas(manifest)).map(([name, schema]) => ({ name, schema, value: ownSetting(name) })),
  };
}

/** The settings that `package.json` describes. */
function schemas(manifest: unknown): Record<string, SettingSchema> {
  const contributed = isRecord(manifest) && isRecord(manifest["contributes"]) ? manifest["contributes"] : {};
  const { configuration } = contributed;
  const properties = isRecord(configuration) ? configuration["properties"] : undefined;
  return isRecord(properties) ? (properties as Record<string, SettingSchema>) : {};
}
