import { cost, WORD } from "../cost.ts";
import type { Operation } from "../machine.ts";
import { otherSide } from "../side.ts";
import type { Rows, VerticalMatrix } from "../values.ts";

/**
 * The data mask, once a session: each side sends rows from..to of its own columns as X + R, with R
 * from its own dealer seed. The dealer knows R (it never sees X + R), the other side keeps X + R
 * (it never sees R). Rows are sent in stretches so that no frame grows with the table.
 */
export function maskColumns(x: VerticalMatrix, from: number, to: number): Operation<undefined> {
  const { width } = x;
  const rows = to - from;
  return {
    name: "mask-columns",
    cost: cost(rows * width.media * WORD, rows * width.commerce * WORD, 0),

    party(p) {
      const opening = p.dataMask(x, from, to);
      p.ring.add(opening, opening, p.ownRows(x, range(from, to)));
      return {
        opening: [opening],
        finish(inbox) {
          p.keepMaskedRows(x, from, inbox.received("columns", rows, width[otherSide(p.side)]));
          return undefined;
        },
      };
    },

    // The dealer expands R from the seeds when it needs rows of it.
    dealer: () => undefined,

    twin: () => undefined,
  };
}

const range = (from: number, to: number): Rows =>
  Uint32Array.from({ length: to - from }, (_, index) => from + index);
