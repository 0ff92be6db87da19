/** The runs in progress: asks the server for one, shows what it prints, and can stop it. Knows no editor. */
import { randomUUID } from "node:crypto";

import { isRecord, parseStepResult, RUN_STEP, type RunArguments, type RunCommand, type RunOutput } from "./protocol";
import { marked, styled, Transcript } from "./runOutput";
import { heading, shortName, summary } from "./runSummary";
import { plain } from "./terminalText";

/** Where the text of the runs goes. */
export interface RunView {
  append(text: string): void;
  /** Is told when a run has begun or failed, before there is text of it: one that the person declines opens nothing. */
  reveal(): void;
  /** Is told which runs go on, whenever that changes: their names, and how long each has gone on, `12 s of 30 s`. */
  running(runs: readonly RunningStep[]): void;
}

export interface RunningStep {
  readonly name: string;
  readonly elapsed: string;
}

/** A way to end one request. */
export interface Stopper {
  readonly isStopped: boolean;
  stop(): void;
}

/** What the server is asked for: a step, and a name for the run, which its output and its progress carry. */
export type NamedRun = RunArguments & { readonly run: string };

/** Sends the command; rejects when the server answers with an error, and also when the request was stopped. */
export type SendRun<S extends Stopper> = (run: NamedRun, stopper: S, command: RunCommand) => Promise<unknown>;

/** Is told the answer to a run that has ended, as the server gave it. */
export type OnResult = (run: RunArguments, answer: Readonly<Record<string, unknown>>) => void;

const STOPPED = marked("yellow", "■", "Stopped.");

interface Running<S> {
  readonly run: NamedRun;
  readonly stopper: S;
  hasBegun: boolean;
  elapsed: string;
}

export class Runs<S extends Stopper> {
  readonly #running = new Map<string, Running<S>>();
  readonly #transcript = new Transcript();

  constructor(
    private readonly view: RunView,
    private readonly newStopper: () => S,
    private readonly send: SendRun<S>,
    private readonly onResult: OnResult = () => undefined,
  ) {}

  /** Runs a step and shows it. Returns the server's answer unchanged; null when it was stopped or refused. */
  async run(step: RunArguments, command: RunCommand = RUN_STEP): Promise<unknown> {
    const run = { ...step, run: randomUUID() };
    const running: Running<S> = { run, stopper: this.newStopper(), hasBegun: false, elapsed: "" };
    this.#running.set(run.run, running);
    this.#changed();
    try {
      const answer = await this.send(run, running.stopper, command);
      this.#end(running, answer);
      return answer;
    } catch (error) {
      this.#close(running, running.stopper.isStopped ? STOPPED : whyNot(error));
      return null;
    } finally {
      this.#running.delete(run.run);
      this.#changed();
    }
  }

  /** Shows a piece of output; also one of a run that somebody else has started. */
  output(output: RunOutput): void {
    const running = this.#running.get(output.run);
    if (running === undefined) {
      this.view.reveal();
    } else {
      this.#begin(running);
    }
    this.view.append(this.#transcript.output(output));
  }

  /** Shows how long a run has gone on. False where no run has that name. */
  progress(name: unknown, elapsed: string): boolean {
    const running = typeof name === "string" ? this.#running.get(name) : undefined;
    if (running === undefined) {
      return false;
    }
    this.#begin(running);
    running.elapsed = elapsed;
    this.#changed();
    return true;
  }

  /** Stops every run. */
  stop(): void {
    for (const { stopper } of this.#running.values()) {
      stopper.stop();
    }
  }

  #begin(running: Running<S>): void {
    if (running.hasBegun) {
      return;
    }
    running.hasBegun = true;
    const { run } = running;
    const opening = heading(run, new Date().toLocaleTimeString());
    this.view.reveal();
    this.view.append(this.#transcript.begin(run.run, shortName(run.uri), opening));
  }

  #end(running: Running<S>, answer: unknown): void {
    const result = parseStepResult(answer);
    if (result !== null && isRecord(answer)) {
      this.#begin(running);
      const { run } = running.run;
      const notices = result.notices.filter((notice) => !this.#transcript.wasShown(run, notice));
      const lines = notices.map((notice) => styled("yellow", "[notice] ") + plain(notice));
      this.view.append(this.#transcript.end(run, [...lines, ...summary(result)]));
      this.onResult(running.run, answer);
    } else if (running.hasBegun) {
      // Otherwise the person has declined it, or reads in a message of the server why it does not run.
      this.#close(running, marked("yellow", "■", "Not run."));
    }
  }

  #close(running: Running<S>, line: string): void {
    this.#begin(running);
    this.view.append(this.#transcript.end(running.run.run, [line]));
  }

  #changed(): void {
    const steps = [...this.#running.values()].map(({ run, elapsed }) => ({ name: shortName(run.uri), elapsed }));
    this.view.running(steps);
  }
}

function whyNot(error: unknown): string {
  const message = error instanceof Error ? error.message : "";
  const why = message === "" ? "the server did not say why. Look into its log." : plain(message);
  return marked("red", "✗", `Not run: ${why}`);
}
