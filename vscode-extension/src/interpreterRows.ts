/** The list of interpreters: which Python runs the server, which one steps, and where each comes from. Knows no editor. */
import type { LaunchProblem, Program } from "./launch";
import type { Selected } from "./pythonAnswers";
import { programSource, STEP_REASONS } from "./pythonWords";
import type { ServerFacts, StepPythonAnswer } from "./serverAnswers";
import { withTilde } from "./shownPath";

export interface InterpreterFacts {
  readonly home: string;
  readonly program: Program | LaunchProblem;
  /** What the server says of itself; null where it does not run. */
  readonly server: ServerFacts | null;
  /** The step that is open; undefined where none is. `python` is null where the server knows none for it. */
  readonly step: { readonly name: string; readonly python: StepPythonAnswer | null } | undefined;
  /** What is selected in VS Code for each folder, as far as anything is. */
  readonly selected: readonly { readonly folder: string; readonly python: Selected }[];
  /** Whether steps run in that. */
  readonly follows: boolean;
}

/** One line of the list; `setting` is what changes it. */
export interface InterpreterRow {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly setting: string;
}

export function interpreterRows(facts: InterpreterFacts): InterpreterRow[] {
  return [serverRow(facts), stepRow(facts), ...facts.selected.map((one) => selectedRow(one, facts))];
}

function serverRow({ home, program, server }: InterpreterFacts): InterpreterRow {
  const setting = "pdLsp.server.python";
  if ("problem" in program) {
    return { label: "Server: no Python", description: "", detail: program.problem, setting };
  }
  return {
    label: `Server: ${named(server?.python ?? program.python?.version)}`,
    description: withTilde(server?.executable ?? program.command, home),
    detail: `${capital(programSource(program))}.${server === null ? " It does not run now." : ""}`,
    setting,
  };
}

function stepRow({ home, step }: InterpreterFacts): InterpreterRow {
  const setting = "pdLsp.step.python";
  if (step === undefined) {
    const detail = "Which Python a step runs in depends on its folder and on what it imports.";
    return { label: "Steps: open one to see its Python", description: "", detail, setting };
  }
  if (step.python === null) {
    const detail = "The server says why: an untrusted folder, for example.";
    return { label: `Step ${step.name}: not known`, description: "", detail, setting };
  }
  const { path, version, why, missing } = step.python;
  const first = missing.length > 0 ? ` A run first asks whether to install ${missing.join(", ")}.` : "";
  return {
    label: `Step ${step.name}: ${named(version)}`,
    description: withTilde(path, home),
    detail: `${capital(STEP_REASONS[why])}.${first}`,
    setting,
  };
}

function selectedRow(
  { folder, python }: InterpreterFacts["selected"][number],
  { home, follows }: InterpreterFacts,
): InterpreterRow {
  return {
    label: `Selected in VS Code for ${folder}: ${named(python.version)}`,
    description: withTilde(python.python, home),
    detail: follows
      ? "Steps of this folder run in it, unless pdLsp.step.python names another."
      : "Steps do not run in it. Choose this line for the setting that changes that.",
    setting: "pdLsp.step.selectedEnvironment",
  };
}

function named(version: string | undefined): string {
  return version === undefined ? "Python" : `Python ${version}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
