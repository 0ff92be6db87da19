/** Tells a question that comes back to us from one that is new: whoever asks all providers asks the own one as well. */
export class Echoes {
  readonly #asked = new Set<string>();

  /** Lets `ask` go on, in which a question about `place` comes back once. */
  async asking<T>(place: string, ask: () => Promise<T>): Promise<T> {
    this.#asked.add(place);
    try {
      return await ask();
    } finally {
      this.#asked.delete(place);
    }
  }

  /** Whether a question about `place` is one that came back; the next one is new again. */
  isEcho(place: string): boolean {
    return this.#asked.delete(place);
  }
}
