import { at } from "@moongate/errors";
import type { Plan } from "@moongate/messages";
import { type ChosenHeads, WEIGHT_BITS } from "@moongate/mpc";
import type { HeadsReport } from "@moongate/results";
import { aucOrNull } from "./evaluate.ts";
import { labelColumn } from "./labels.ts";

/** What commerce says of a portfolio's networks: rates, weights, and AUC on validation rows. */
export function headsReport(
  { model, labels }: Plan,
  { weights, ranAway, scores }: ChosenHeads,
): HeadsReport | undefined {
  if (model.kind !== "portfolio") return undefined;
  const k = labels.length;
  const rows = scores.truth.length / k;
  const width = scores.heads * k;
  return model.heads.map(({ rate, decay }, head) => ({
    learningRate: rounded(model.learningRate * rate),
    weightDecay: rounded(model.weightDecay * decay),
    labels: labels.map((name, label) => {
      const place = head * k + label;
      const own = Float64Array.from({ length: rows }, (_, row) =>
        at(scores.logits, row * width + place),
      );
      return {
        name,
        weight: at(weights, place) / 2 ** WEIGHT_BITS,
        auc: aucOrNull(own, labelColumn(scores.truth, k, label, 0, rows)),
        ranAway: at(ranAway, place) === 1,
      };
    }),
  }));
}

/** Products of settings without the last digits that floating point adds. */
const rounded = (value: number): number => Number(value.toPrecision(12));
