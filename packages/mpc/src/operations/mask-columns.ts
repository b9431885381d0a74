import { cost, WORD } from "../cost.ts";
import type { Operation } from "../machine.ts";
import { otherSide, SIDES } from "../side.ts";
import type { VerticalMatrix } from "../values.ts";

/**
 * The data mask, once a session: each side sends rows from..to of its own columns as X + R, with R
 * from its own dealer seed. The dealer keeps R (it never sees X + R), the other side keeps X + R
 * (it never sees R). Rows are sent in stretches so that no frame grows with the table.
 */
export function maskColumns(x: VerticalMatrix, from: number, to: number): Operation<undefined> {
  const { width } = x;
  const rows = to - from;
  return {
    name: "mask-columns",
    cost: cost(rows * width.media * WORD, rows * width.commerce * WORD, 0),

    party(p) {
      const { own, masked } = p.columns(x);
      const opening = p.mask("R", rows, width[p.side]);
      p.ring.add(opening, opening, own.rowRange(from, to));
      return {
        opening: [opening],
        finish(inbox) {
          const theirs = width[otherSide(p.side)];
          p.ring.copy(masked.rowRange(from, to), inbox.opened(rows, theirs));
          return undefined;
        },
      };
    },

    dealer(d) {
      const masks = d.columnMasks(x);
      for (const side of SIDES) d.maskInto(side, "R", masks[side].rowRange(from, to));
      return undefined;
    },

    twin: () => undefined,
  };
}
