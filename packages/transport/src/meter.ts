/** Messages and payload bytes of one kind in one direction. */
export interface FrameCount {
  readonly frames: number;
  readonly bytes: number;
}

export type Direction = "sent" | "received";

/** A meter's reading: counts by direction and kind, and rounds of interaction. */
export interface Reading {
  readonly sent: Readonly<Record<string, FrameCount>>;
  readonly received: Readonly<Record<string, FrameCount>>;
  readonly rounds: number;
}

/** Counts what crosses one end of a link. Bytes are payload bytes, without the frame header. */
export class Meter {
  #counts: Record<Direction, Map<string, { frames: number; bytes: number }>> = {
    sent: new Map(),
    received: new Map(),
  };
  #rounds = 0;

  count(direction: Direction, kind: string, bytes: number): void {
    const counts = this.#counts[direction];
    let entry = counts.get(kind);
    if (entry === undefined) counts.set(kind, (entry = { frames: 0, bytes: 0 }));
    entry.frames += 1;
    entry.bytes += bytes;
  }

  /** One round: both ends sent, then both waited. Counted by the protocol, not by the transport. */
  countRound(): void {
    this.#rounds += 1;
  }

  read(): Reading {
    const copy = (counts: Map<string, FrameCount>): Record<string, FrameCount> =>
      Object.fromEntries([...counts].map(([kind, count]) => [kind, { ...count }]));
    return {
      sent: copy(this.#counts.sent),
      received: copy(this.#counts.received),
      rounds: this.#rounds,
    };
  }
}
