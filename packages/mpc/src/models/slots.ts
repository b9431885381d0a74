import { at } from "@moongate/errors";
import type { Inputs } from "../machine.ts";
import { SIDES } from "../side.ts";

type Slots = NonNullable<Inputs["slots"]>;

/** What a machine knows of the owners of slots from (inclusive) to (exclusive). */
export function slotRange({ slots = {} }: Inputs, from: number, to: number): Slots {
  return Object.fromEntries(
    SIDES.flatMap((side) => {
      const own = slots[side];
      return own === undefined ? [] : [[side, own.subarray(from, to)]];
    }),
  );
}

/** 1 where both sides have a row; undefined where this machine does not know. */
export function slotsOfBoth({ media, commerce }: Slots): Uint8Array | undefined {
  if (media === undefined || commerce === undefined) return undefined;
  return media.map((has, slot) => has & at(commerce, slot));
}

/** The values (row-major, `cols` a slot) of the slots that commerce has a row in, in their order. */
export function ownSlots(values: Float64Array, cols: number, own: Uint8Array): Float64Array {
  return values.filter((_, index) => own[Math.floor(index / cols)] === 1);
}
