import { MoongateError } from "@moongate/errors";

/** The place where a condition changes: it fails at `below` and holds at `above`, which are neighbours. */
export interface Change {
  readonly below: number;
  readonly above: number;
}

/**
 * Bisects a condition that fails at first and holds from some point on, down to the resolution of
 * doubles (about 60 to 130 evaluations). If it holds at `low` already, both ends are `low`.
 */
export function bisect(holds: (x: number) => boolean, low: number, high: number): Change {
  if (holds(low)) return { below: low, above: low };
  let [below, above] = [low, high];
  for (;;) {
    const middle = below + (above - below) / 2;
    if (middle <= below || middle >= above) return { below, above };
    if (Math.abs(above - below) < 1e-300) return { below, above };
    if (holds(middle)) above = middle;
    else below = middle;
  }
}

/** {@link bisect} from 0 up, where no upper end is known: doubles it until the condition holds. */
export function bisectUp(holds: (x: number) => boolean, start = 1): Change {
  if (holds(start)) return bisect(holds, 0, start);
  for (let high = 2 * start; high < 1e300; high *= 2) {
    if (holds(high)) return bisect(holds, high / 2, high);
  }
  throw new MoongateError("INTERNAL", "a search found no value that satisfies its condition");
}
