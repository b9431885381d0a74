import type { Machine, Operation } from "../machine.ts";
import { periodic } from "../operations/periodic.ts";
import type { DealerFlags, PrivateMatrix, Rows, Shared } from "../values.ts";
import { sigmoidOptions, sigmoidSeries, sigmoidWaves } from "./sigmoid.ts";

/** What the predictions of a step are compared with: it makes logits into errors. */
export interface Targets {
  /** The round that a step's errors take: factor · sigmoid(logits), as far as it can be without labels. */
  estimate(
    logits: Shared,
    rows: Rows,
    factor: number,
    bits: { readonly public: number; readonly dealt: number },
  ): Operation<Shared[]>;
  /** factor · (sigmoid(logits) − y) of these rows, from the estimate and without a round. */
  error(m: Machine, estimate: Shared | undefined, rows: Rows, factor: number): Shared;
}

/** Labels that commerce knows: it subtracts them from its own share. */
export const privateTargets = (y: PrivateMatrix): Targets => ({
  estimate: (logits, _rows, factor, bits) =>
    periodic(logits, [sigmoidSeries(factor)], sigmoidOptions(bits)),
  error: (m, estimate, rows, factor) => m.subtractPrivate(estimate as Shared, y, rows, factor),
});

/**
 * Labels of slots that count only where both sides have a row, which the dealer alone knows:
 * m (sigmoid(o) − y) = m (sigmoid(o) − 1/2) − m (y − 1/2). The first part is the series' waves with
 * the dealer's table cleared where m = 0; the second was shared once (see `flaggedLabels`). Both are
 * exactly zero where m = 0, so every gradient of such a slot, the bias's too, is exactly zero.
 *
 * @param labels shares of m (y − 1/2), row-major rows × labels, at one fractional bit.
 */
export const flaggedTargets = (labels: Shared, flags: DealerFlags): Targets => ({
  estimate: (logits, rows, factor, bits) =>
    periodic(logits, [sigmoidWaves(factor)], sigmoidOptions(bits), { flags, rows }),
  error: (m, estimate, rows, factor) => {
    const waves = estimate as Shared;
    const half = Math.round((factor / 2) * 2 ** waves.scale);
    const signs = m.multiplyInteger(m.takeRows(labels, rows), half);
    return m.subtract(waves, m.timesPowerOfTwo(signs, labels.scale - waves.scale));
  },
});
