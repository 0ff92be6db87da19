/** The runs of a step that are kept: as the server lists them, and as a list shows them. */
import { isRecord } from "./protocol";

export const LAST_RUNS = "pd.lastRuns";
export const SHOW_RUN = "pd.showRun";

/** A line of the list. */
export interface RunChoice {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly number: number;
}

/** The lines for what `pd.lastRuns` returned, the latest first; what can't be read is left out. */
export function runChoices(value: unknown, momentOf: (at: string) => string): RunChoice[] {
  return (Array.isArray(value) ? value : []).flatMap((run: unknown) => {
    if (!isRecord(run) || typeof run["number"] !== "number" || typeof run["outcome"] !== "string") {
      return [];
    }
    const { number, outcome, at, duration, environment, sandbox } = run;
    const took = typeof duration === "number" ? `, ${duration.toFixed(2)} s` : "";
    const accounts = isRecord(run["accounts"])
      ? Object.values(run["accounts"]).filter((one) => typeof one === "string")
      : [];
    const where = sandbox === true ? "sandbox" : typeof environment === "string" ? environment : "";
    return [
      {
        label: `${icon(outcome)} ${outcome}`,
        description: `${typeof at === "string" ? momentOf(at) : ""}${took}`,
        detail: [where, ...accounts].filter((part) => part !== "").join(", "),
        number,
      },
    ];
  });
}

/** The icon is beside the word, never in its place. */
function icon(outcome: string): string {
  return outcome === "succeeded" ? "$(pass)" : outcome === "cancelled" ? "$(debug-stop)" : "$(error)";
}
