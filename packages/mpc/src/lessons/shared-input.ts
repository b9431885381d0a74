import { cost, WORD } from "../cost.ts";
import type { Machine, Operation } from "../machine.ts";
import type { Shared } from "../values.ts";

/** Fresh uniform shares of the same value: the dealer deals shares of zero. */
function rerandomise(x: Shared): Operation<Shared> {
  const { rows, cols, scale } = x;
  return {
    name: "rerandomise",
    cost: cost(0, 0, rows * cols * WORD),
    party: (p) => ({
      opening: [],
      finish(inbox) {
        const out = inbox.dealt(rows, cols);
        p.ring.add(out, out, p.share(x));
        return p.wrap(out, scale);
      },
    }),
    dealer(d) {
      d.deal(d.memory.matrix(rows, cols));
      return d.handle(rows, cols, scale);
    },
    twin: (t) => t.wrap(t.value(x), rows, cols, scale),
  };
}

/** Public values as uniformly shared ones. */
export async function input(
  m: Machine,
  rows: number,
  cols: number,
  scale: number,
  values: Float64Array,
): Promise<Shared> {
  const [shared] = await m.round(rerandomise(m.variable(rows, cols, scale, values)));
  return keep(m, shared);
}

/** The value in memory that outlives the step. */
export function keep(m: Machine, value: Shared): Shared {
  const variable = m.variable(value.rows, value.cols, value.scale);
  m.assign(variable, value);
  return variable;
}
