/** What a step can be run with: the events that are saved, and the ways to get another one. */
import path from "node:path";

import { isRecord } from "./protocol";

export const SAVED_EVENTS = "pd.savedEvents";
export const RECENT_EVENTS = "pd.recentEvents";
export const PULL_EVENTS = "pd.pullEvents";
export const SAVE_EVENT = "pd.saveEvent";

/** An event that is a file beside a workflow. */
export interface SavedEvent {
  readonly name: string;
  readonly path: string;
}

/** What a person can do instead of choosing one. */
export type OtherWay = "capture" | "pull" | "earlier" | "edit" | "new";

export interface EventChoice {
  readonly label: string;
  readonly description?: string;
  readonly event?: SavedEvent;
  readonly way?: OtherWay;
}

/** The events that `pd.savedEvents` or `pd.pullEvents` named; null where the server had to say why there are none. */
export function savedEvents(value: unknown): SavedEvent[] | null {
  if (!Array.isArray(value)) {
    return null;
  }
  return value.flatMap((event: unknown) =>
    isRecord(event) && typeof event["path"] === "string" && typeof event["name"] === "string"
      ? [{ path: event["path"], name: event["name"] }]
      : [],
  );
}

/** What is offered: the event that was chosen the last time, then the others, then the ways to get one. */
export function eventChoices(events: readonly SavedEvent[], lastPath: string | undefined): EventChoice[] {
  const last = events.filter((event) => event.path === lastPath);
  const others = events.filter((event) => event.path !== lastPath);
  return [
    ...last.map((event) => ({ label: `$(json) ${event.name}`, description: "as the last time", event })),
    ...others.map((event) => ({ label: `$(json) ${event.name}`, event })),
  ];
}

/** The ways to get an event; an event is edited only where there is one, all others need a workflow beside the step. */
export function otherWays(hasEvents: boolean): EventChoice[] {
  return [
    { label: "$(broadcast) Capture one: listen for an HTTP request…", way: "capture" },
    { label: "$(cloud-download) Events that Pipedream keeps…", way: "pull" },
    { label: "$(history) Save the event of an earlier run…", way: "earlier" },
    ...(hasEvents ? [{ label: "$(edit) Edit an event…", way: "edit" } as const] : []),
    { label: "$(new-file) New event…", way: "new" },
  ];
}

/** An event that Pipedream keeps, as a list shows it and as it is asked for again. */
export interface KeptEvent {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly id: string;
  readonly origin: string;
}

/** The lines for what `pd.recentEvents` returned; null where the server had to say why there are none. */
export function keptEvents(value: unknown): KeptEvent[] | null {
  if (!Array.isArray(value)) {
    return null;
  }
  return value.flatMap((event: unknown) => {
    if (!isRecord(event) || typeof event["id"] !== "string" || typeof event["origin"] !== "string") {
      return [];
    }
    const { id, origin, at, summary, failed, step, error } = event;
    const where = typeof step === "string" ? ` in ${step}` : "";
    const why = typeof error === "string" ? `: ${error}` : "";
    return [
      {
        label: typeof summary === "string" && summary !== "" ? summary : id,
        description: typeof at === "string" ? at : "",
        detail: failed === true ? `failed${where}${why}` : "",
        id,
        origin,
      },
    ];
  });
}

/** Why a text is no name of an event, as the server has it; undefined where it can be one. */
export function eventNameProblem(text: string): string | undefined {
  return /^[A-Za-z0-9_-]{1,100}$/.test(text) ? undefined : "A name has letters, digits, - and _.";
}

/** A name that no event has yet. */
export function freeName(wanted: string, events: readonly SavedEvent[]): string {
  const taken = new Set(events.map(({ name }) => name));
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted}-${String(number)}`;
    if (!taken.has(name)) {
      return name;
    }
  }
}

/** The folder of the workflow that a step belongs to: the nearest with a workflow.yaml, not above `root`. */
export function workflowFolder(step: string, root: string, isFile: (file: string) => boolean): string | undefined {
  let folder = path.dirname(step);
  while (!isFile(path.join(folder, "workflow.yaml"))) {
    const above = path.dirname(folder);
    if (folder === root || above === folder) {
      return undefined;
    }
    folder = above;
  }
  return folder;
}

/** Where an event of a workflow is saved (docs/events.md). */
export function eventFile(folder: string, name: string): string {
  return path.join(folder, "events", `${name}.json`);
}

/** What stands in a new event: that of an HTTP request, for the person to change. */
export const NEW_EVENT = `${JSON.stringify({ event: { method: "POST", path: "/", body: {} } }, null, 2)}\n`;
