import type { HeadsReport } from "@moongate/results";
import { paragraph, table } from "./table.ts";

/** The networks of a portfolio: rates, AUC on validation rows, and weights, by label. */
export function headsSection(heads: HeadsReport): string {
  const right = (title: string) => ({ title, align: "right" as const });
  const labels = heads[0]?.labels.map(({ name }) => name) ?? [];
  const body = heads.map(({ learningRate, weightDecay, labels: own }, index) => [
    `network ${index + 1}`,
    `${learningRate}`,
    `${weightDecay}`,
    ...own.flatMap(({ auc, weight, ranAway }) => [
      ranAway ? "ran away" : (auc?.toFixed(4) ?? "–"),
      `${Math.round(weight * 100)}%`,
    ]),
  ]);
  const head = [
    { title: "" },
    ...["rate", "decay"].map(right),
    ...labels.flatMap((label) => [right(label), right("weight")]),
  ];
  return [
    table(head, body),
    paragraph("AUC is on validation rows; the weights are commerce's secret"),
  ].join("\n");
}
