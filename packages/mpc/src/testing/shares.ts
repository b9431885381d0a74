import { shareOf } from "../machines/share-arithmetic.ts";
import { valuesOf } from "../machines/twin.ts";
import type { Shared } from "../values.ts";
import type { WorldRun } from "./world.ts";

/** The value of the two shares, and the twin's. */
export function opened(run: WorldRun<Shared>): { masked: Float64Array; twin: Float64Array } {
  const { scale } = run.media;
  const theirs = shareOf(run.commerce).words();
  const masked = Float64Array.from(shareOf(run.media).words(), (word, index) => {
    const sum = BigInt.asIntN(64, word + (theirs[index] ?? 0n));
    return Number(sum) / 2 ** scale;
  });
  return { masked, twin: valuesOf(run.twin) };
}

/** A share's words, for comparing bit by bit. */
export const words = (value: Shared): bigint[] => [...shareOf(value).words()];
