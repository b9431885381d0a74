import { cost, WORD } from "../cost.ts";
import type { Operation } from "../machine.ts";
import { otherSide, type Side } from "../side.ts";
import type { Shared } from "../values.ts";

/**
 * Reveal a shared value to one side, on purpose: the other sends its share inside the inner
 * channel, and the disclosure ledger gets a line on both sides. What is revealed should carry no
 * more bits than its purpose needs: truncate first.
 *
 * @returns the values, row-major, at the receiving side (and the twin); undefined elsewhere.
 */
export function reveal(
  value: Shared,
  to: Side,
  ledger: { readonly what: string; readonly why: string },
): Operation<Float64Array | undefined> {
  const { rows, cols, scale } = value;
  const bytes = rows * cols * WORD;
  const line = { ...ledger, to, shape: `${rows}×${cols}` };
  return {
    name: "reveal",
    cost: to === "commerce" ? cost(bytes, 0, 0) : cost(0, bytes, 0),

    party(p) {
      p.disclose(line);
      const share = p.share(value);
      if (p.side === otherSide(to)) return { opening: [share], finish: () => undefined };
      return {
        opening: [],
        finish(inbox) {
          const sum = inbox.received("share", rows, cols);
          p.ring.add(sum, sum, share);
          return p.ring.decode(sum, scale);
        },
      };
    },

    dealer: () => undefined,

    twin: (t) => t.value(value),
  };
}
