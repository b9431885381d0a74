import { MoongateError } from "@moongate/errors";

interface Waiter {
  readonly enter: () => void;
}

/** Parties that wait for a place, first come, first served. */
export class Queue {
  readonly #most: number;
  readonly #waiting: Waiter[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  get length(): number {
    return this.#waiting.length;
  }

  /**
   * Resolves when it is this one's turn to look for a place.
   * @param left rejects when the one who waits has gone.
   * @throws MoongateError COORDINATOR_BUSY when too many wait, or when none is free in time.
   */
  async wait(timeoutMs: number, left: Promise<never>): Promise<void> {
    if (this.#waiting.length >= this.#most) {
      throw busy(`${this.#most} of this pair wait for a place already`);
    }
    let timer: NodeJS.Timeout | undefined;
    let waiter: Waiter | undefined;
    const turn = new Promise<void>((resolve, reject) => {
      waiter = { enter: resolve };
      this.#waiting.push(waiter);
      timer = setTimeout(() => {
        reject(busy(`no place was free within ${timeoutMs / 1000} s`));
      }, timeoutMs);
    });
    try {
      await Promise.race([turn, left]);
    } finally {
      clearTimeout(timer);
      const at = this.#waiting.findIndex((each) => each === waiter);
      if (at >= 0) this.#waiting.splice(at, 1);
    }
  }

  /** Lets everyone who waits look again, in their order. */
  advance(): void {
    for (const { enter } of this.#waiting.splice(0)) enter();
  }
}

const busy = (why: string): MoongateError =>
  new MoongateError("COORDINATOR_BUSY", `the coordinator has all its sessions: ${why}`);
