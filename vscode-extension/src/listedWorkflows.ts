/** What `pd.workflows` answers: the workflows of the trusted folders, their steps, and how each ran the last time. */
import { isRecord } from "./protocol";

export const WORKFLOWS = "pd.workflows";

/** How a step ended the last time that it ran here. */
export interface LastRun {
  /** As a result has it: `succeeded`, `raised`, … */
  readonly outcome: string;
  /** When, as ISO 8601 has it. */
  readonly at: string;
  /** Which of the runs that are kept; 1 is the latest. */
  readonly number: number | null;
}

export interface ListedStep {
  readonly uri: string;
  readonly name: string;
  /** The function that a run calls; null where the step is none that runs here, such as one of Node. */
  readonly handler: string | null;
  readonly last: LastRun | null;
}

export interface ListedWorkflow {
  readonly uri: string;
  readonly name: string;
  /** Why its file can't be read, as a sentence. */
  readonly problem: string | null;
  readonly steps: readonly ListedStep[];
}

/** Reads the answer; null when it is none. What can't be read in it is left out. */
export function parseWorkflows(value: unknown): ListedWorkflow[] | null {
  const workflows: unknown = isRecord(value) ? value["workflows"] : undefined;
  return Array.isArray(workflows) ? workflows.flatMap(workflowsOf) : null;
}

function workflowsOf(value: unknown): ListedWorkflow[] {
  if (!isRecord(value) || typeof value["uri"] !== "string" || !Array.isArray(value["steps"])) {
    return [];
  }
  const { uri, name, problem } = value;
  const steps: unknown[] = value["steps"];
  return [
    {
      uri,
      name: typeof name === "string" ? name : uri,
      problem: typeof problem === "string" ? problem : null,
      steps: steps.flatMap(stepsOf),
    },
  ];
}

function stepsOf(value: unknown): ListedStep[] {
  if (!isRecord(value) || typeof value["uri"] !== "string" || typeof value["name"] !== "string") {
    return [];
  }
  const { uri, name, handler } = value;
  return [{ uri, name, handler: typeof handler === "string" ? handler : null, last: parseLast(value["last"]) }];
}

function parseLast(value: unknown): LastRun | null {
  if (!isRecord(value) || typeof value["outcome"] !== "string" || typeof value["at"] !== "string") {
    return null;
  }
  const { outcome, at, number } = value;
  return { outcome, at, number: typeof number === "number" ? number : null };
}
