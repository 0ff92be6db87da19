/** Which step a command means when it was not called from a code lens: the server's lenses say what can be run. */
import { parseRunArguments, RUN_STEP, type RunArguments } from "./protocol";

export interface Lens {
  readonly range: { readonly start: { readonly line: number } };
  readonly command?: { readonly command: string; readonly arguments?: readonly unknown[] };
}

/** The step whose lens is the nearest at or above `line`, else the first; undefined when nothing can be run. */
export function stepAt(lenses: readonly Lens[], line: number): RunArguments | undefined {
  const steps = lenses
    .filter((lens) => lens.command?.command === RUN_STEP)
    .map((lens) => ({ line: lens.range.start.line, run: parseRunArguments(lens.command?.arguments?.[0]) }))
    .filter((step): step is { line: number; run: RunArguments } => step.run !== null)
    .sort((one, other) => one.line - other.line);
  return (steps.findLast((step) => step.line <= line) ?? steps[0])?.run;
}
