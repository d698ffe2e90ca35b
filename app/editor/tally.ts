// Counts what was sent over one connection against what the server says is durable.

interface Sent {
  /** The clock of this window's client when the message left: everything below it was in some message. */
  clock: number;
  /** Whether it carried work of this person; an answer to the server's greeting often carries none. */
  work: boolean;
}

export class Tally {
  #open: Sent[] = [];
  #durable = 0;

  /** Everything of this window's client below this clock is durable. */
  durableClock = 0;

  /** A new connection counts from nothing. What was open is open still: the greeting carries it again. */
  restart(): void {
    this.#open = [];
    this.#durable = 0;
  }

  sent(clock: number, work: boolean): void {
    this.#open.push({ clock, work });
  }

  /** The server's count. Says whether work has become durable. */
  durable(count: number): boolean {
    // A count beyond what was sent, or one that runs back, is not believed.
    const done = Math.min(count - this.#durable, this.#open.length);
    if (done <= 0) return false;
    this.#durable += done;
    const finished = this.#open.splice(0, done);
    this.durableClock = Math.max(this.durableClock, finished.at(-1)?.clock ?? 0);
    return finished.some((sent) => sent.work);
  }

  /** Whether work was sent over this connection that is not durable yet. */
  get waits(): boolean {
    return this.#open.some((sent) => sent.work);
  }
}
