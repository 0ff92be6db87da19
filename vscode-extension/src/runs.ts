/** The runs in progress: asks the server for one, shows what it prints, and can stop it. Knows no editor. */
import { parseStepResult, RUN_STEP, type RunArguments, type RunCommand, type RunOutput } from "./protocol";
import { heading, Transcript } from "./runOutput";

/** Where the text of the runs goes. */
export interface RunView {
  append(text: string): void;
  reveal(): void;
  /** Is told how many runs there are, whenever that changes. */
  running(count: number): void;
}

/** A way to end one request. */
export interface Stopper {
  readonly isStopped: boolean;
  stop(): void;
}

/** Sends the command; rejects when the server answers with an error, and also when the request was stopped. */
export type SendRun<S extends Stopper> = (run: RunArguments, stopper: S, command: RunCommand) => Promise<unknown>;

export class Runs<S extends Stopper> {
  readonly #stoppers = new Set<S>();
  readonly #transcript = new Transcript();

  constructor(
    private readonly view: RunView,
    private readonly newStopper: () => S,
    private readonly send: SendRun<S>,
  ) {}

  /** Runs a step and shows it. Returns the server's answer unchanged; null when it was stopped or refused. */
  async run(run: RunArguments, command: RunCommand = RUN_STEP): Promise<unknown> {
    const stopper = this.newStopper();
    this.#change(() => this.#stoppers.add(stopper));
    this.view.append(this.#transcript.lineStart() + heading(run, new Date().toLocaleTimeString()));
    this.view.reveal();
    try {
      const answer = await this.send(run, stopper, command);
      this.view.append(this.#ending(answer));
      return answer;
    } catch (error) {
      this.view.append(this.#transcript.closing(stopper.isStopped ? "Stopped." : whyNot(error)));
      return null;
    } finally {
      this.#change(() => this.#stoppers.delete(stopper));
    }
  }

  /** Shows a piece of output. */
  output(output: RunOutput): void {
    this.view.append(this.#transcript.output(output));
  }

  /** Stops every run. */
  stop(): void {
    for (const stopper of this.#stoppers) {
      stopper.stop();
    }
  }

  #ending(answer: unknown): string {
    const result = parseStepResult(answer);
    return result === null ? this.#transcript.closing("Not run.") : this.#transcript.result(result);
  }

  #change(change: () => void): void {
    change();
    this.view.running(this.#stoppers.size);
  }
}

function whyNot(error: unknown): string {
  const message = error instanceof Error ? error.message : "";
  return message === "" ? "Not run: the server did not say why. Look into its log." : `Not run: ${message}`;
}
