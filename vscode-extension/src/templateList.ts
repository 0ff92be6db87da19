/** The templates that a person searches among: as the server lists them, and as a list shows them. */

import { isRecord } from "./protocol";

export const TEMPLATES = "pd.templates";
export const INSERT_TEMPLATE = "pd.insertTemplate";

/** A line of the list: one template of one app. */
export interface TemplateChoice {
  readonly label: string;
  readonly description: string;
  /** The app's slug, and which of its templates, counted from 0. */
  readonly app: string;
  readonly template: number;
}

/** Where a template goes: a document, and a place in it as LSP counts. */
export interface TemplatePlace {
  readonly uri: string;
  readonly position: { readonly line: number; readonly character: number };
}

/** The lines for what `pd.templates` returned; what can't be read is left out. */
export function templateChoices(value: unknown): TemplateChoice[] {
  const apps: unknown[] = isRecord(value) && Array.isArray(value["apps"]) ? value["apps"] : [];
  return apps.flatMap(choicesOf);
}

function choicesOf(value: unknown): TemplateChoice[] {
  if (!isRecord(value) || typeof value["app"] !== "string" || !Array.isArray(value["templates"])) {
    return [];
  }
  const { app, name, connected } = value;
  const shown = typeof name === "string" ? name : app;
  const titles: unknown[] = value["templates"];
  return titles.flatMap((title, template) =>
    typeof title === "string"
      ? [{ label: `${shown}: ${title}`, description: connected === true ? `${app}, connected` : app, app, template }]
      : [],
  );
}

/** The app that the list shall show at first, where the command is called for one; else empty. */
export function parseSearch(value: unknown): string {
  return isRecord(value) && typeof value["search"] === "string" ? value["search"] : "";
}

/** The place that a code action names, which may come from any extension; null when it is none. */
export function parsePlace(value: unknown): TemplatePlace | null {
  const position = isRecord(value) ? value["position"] : undefined;
  if (!isRecord(value) || typeof value["uri"] !== "string" || !isRecord(position)) {
    return null;
  }
  const { line, character } = position;
  return typeof line === "number" && typeof character === "number"
    ? { uri: value["uri"], position: { line, character } }
    : null;
}
