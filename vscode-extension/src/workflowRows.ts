/** The tree of workflows and their steps, each with how its last run ended and when that was. */
import type { LastRun, ListedStep, ListedWorkflow } from "./listedWorkflows";
import { joined, type Row } from "./rows";

/** How an outcome looks and reads; one that this extension does not know stands there as it came. */
const OUTCOMES: Readonly<Record<string, { icon: string; colour?: string; words: string }>> = {
  succeeded: { icon: "pass", colour: "testing.iconPassed", words: "succeeded" },
  raised: { icon: "error", colour: "testing.iconFailed", words: "raised an error" },
  cancelled: { icon: "debug-stop", words: "was stopped" },
  "timed out": { icon: "watch", colour: "testing.iconFailed", words: "ran out of time" },
  crashed: { icon: "flame", colour: "testing.iconFailed", words: "crashed" },
  "not started": { icon: "circle-slash", words: "did not start" },
};

/** A line for each workflow with its steps below it. `now` is a time as `Date.now()` has it. */
export function workflowRows(workflows: readonly ListedWorkflow[], now: number): Row[] {
  return workflows.map(({ uri, name, problem, steps }) => {
    const count = steps.length === 1 ? "1 step" : `${steps.length} steps`;
    const description = problem === null ? count : "can’t be read";
    return {
      id: `workflow ${uri}`,
      label: name,
      description,
      icon: problem === null ? "list-ordered" : "warning",
      tooltip: joined([`${name}: ${description}`, problem], "\n"),
      spoken: `Workflow ${name}, ${description}`,
      offers: ["workflow"],
      children: steps.map((step) => stepRow(step, name, now)),
      isOpen: true,
      subject: { kind: "workflow", uri },
    };
  });
}

function stepRow({ uri, name, handler, last }: ListedStep, workflow: string, now: number): Row {
  const { icon, colour, words } = look(handler, last);
  const description = joined([words, last !== null && ago(last.at, now)]);
  return {
    id: `step ${uri}`,
    label: name,
    description,
    icon,
    ...(colour === undefined ? {} : { colour }),
    tooltip: joined([name, last === null ? words : `Last run here: ${words}, ${exactly(last.at)}`], "\n"),
    spoken: `Step ${name} of ${workflow}, ${description}`,
    offers: handler === null ? ["step"] : ["step", "run"],
    children: [],
    subject: { kind: "step", uri, handler },
  };
}

function look(handler: string | null, last: LastRun | null): { icon: string; colour?: string; words: string } {
  if (last === null) {
    return handler === null
      ? { icon: "circle-slash", words: "does not run here" }
      : { icon: "circle-outline", words: "not run here yet" };
  }
  return OUTCOMES[last.outcome] ?? { icon: "question", words: last.outcome };
}

const UNITS = [
  { name: "day", seconds: 86_400 },
  { name: "hour", seconds: 3600 },
  { name: "minute", seconds: 60 },
] as const;

/** How long ago a time was, in words; nothing for a time that can't be read. */
export function ago(at: string, now: number): string {
  const seconds = (now - Date.parse(at)) / 1000;
  if (Number.isNaN(seconds)) {
    return "";
  }
  const unit = UNITS.find((one) => seconds >= one.seconds);
  if (unit === undefined) {
    return "just now";
  }
  const count = Math.floor(seconds / unit.seconds);
  return `${count} ${unit.name}${count === 1 ? "" : "s"} ago`;
}

function exactly(at: string): string {
  const time = new Date(at);
  return Number.isNaN(time.getTime()) ? at : time.toLocaleString();
}
