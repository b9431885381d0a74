import { MoongateError } from "@moongate/errors";
import type { Arena, Matrix, Ring } from "@moongate/ring";
import type { Operation } from "../machine.ts";
import type { MaskSource, MaskStream } from "../masks.ts";
import type { Side } from "../side.ts";
import type { Shared } from "../values.ts";
import type { DealerContext } from "./contexts.ts";

type Streams = Pick<MaskSource, "stream">;

interface Dealing {
  readonly ring: Ring;
  readonly memory: Arena;
  readonly operation: Operation<unknown>;
  /** The operation's place in its step. */
  readonly number: number;
  readonly streams: Readonly<Record<Side, Streams>>;
  /** Receives commerce's share of every tensor that is dealt. */
  readonly onDealt: (rest: Matrix) => void;
}

/** The dealer's context of one operation whose deal depends on both parties' masks alone. */
export function dealingFromKeys(dealing: Dealing): DealerContext {
  const { ring, memory, operation, number, streams, onDealt } = dealing;
  const stream = (side: Side, tensor: string): MaskStream =>
    streams[side].stream(number, `${operation.name}/${tensor}`);
  let mediaShare: MaskStream | undefined;
  return {
    ring,
    memory,
    mask: (side, tensor, rows, cols) => {
      const mask = memory.matrix(rows, cols);
      stream(side, tensor).fill(mask.bytes());
      return mask;
    },
    maskWords: (side, tensor, length) => {
      const mask = memory.words(length);
      stream(side, tensor).fill(mask.bytes());
      return mask;
    },
    deal: (value) => {
      const rest = memory.matrix(value.rows, value.cols);
      mediaShare ??= stream("media", "dealt");
      mediaShare.fill(rest.bytes());
      onDealt(ring.subtract(rest, value, rest));
    },
    keepFlagged: () => needsMore(operation),
    blindOthers: () => needsMore(operation),
    known: () => undefined,
    expect: () => needsMore(operation),
    columnMasks: () => needsMore(operation),
    handle,
  };
}

function needsMore({ name }: Operation<unknown>): never {
  throw new MoongateError("INTERNAL", `${name} is dealt from more than keys`);
}

/** A value at the dealer: a shape. */
export const handle = (rows: number, cols: number, scale: number): Shared => ({
  rows,
  cols,
  scale,
});
