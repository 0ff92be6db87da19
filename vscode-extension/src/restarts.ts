/** What to do when the server dies: start it again once, then leave it and explain. */

const MEMORY_MS = 3 * 60 * 1000;

/** Remembers the last death. A death long after the last one counts as the first again. */
export class Restarts {
  #lastDeath: number | undefined;

  /** True when the server shall be started again. `now` is in milliseconds and never goes back. */
  shouldRestart(now: number): boolean {
    const isFirst = this.#lastDeath === undefined || now - this.#lastDeath > MEMORY_MS;
    this.#lastDeath = now;
    return isFirst;
  }
}
