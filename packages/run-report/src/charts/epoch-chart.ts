import { dot, lineY, text } from "@observablehq/plot";
import type { Epochs } from "@moongate/results";
import type { Markup } from "@moongate/text";
import { chart, HALF } from "./chart.ts";
import { COLOUR } from "./colours.ts";

interface Look {
  readonly label: string;
  readonly epoch: number;
  readonly auc: number;
}

/** AUC on validation rows after each epoch, one line a label, named at its end; none for labels of one class. */
export function epochChart(
  { labels }: Epochs,
  words: { readonly describe: string; readonly x: string; readonly y: string },
): Markup {
  const looks = labels.flatMap(({ name, auc }) =>
    auc.flatMap((value, index): Look[] =>
      value === null ? [] : [{ label: name, epoch: index + 1, auc: value }],
    ),
  );
  const lasts = labels.flatMap(({ name }) => looks.findLast(({ label }) => label === name) ?? []);
  const epochs = Math.max(1, ...labels.map(({ auc }) => auc.length));
  const longest = Math.max(...labels.map(({ name }) => name.length));
  return chart({
    ...HALF,
    describe: words.describe,
    marginRight: Math.min(130, 20 + longest * 6.5),
    x: {
      domain: [1, Math.max(2, epochs)],
      ticks: Math.min(epochs, 8),
      tickFormat: "d",
      label: words.x,
      labelArrow: "none",
      labelAnchor: "center",
      labelOffset: 40,
    },
    y: { grid: true, ticks: 5, label: words.y, labelArrow: "none", nice: true },
    marks: [
      lineY(looks, { x: "epoch", y: "auc", z: "label", stroke: COLOUR.joint, strokeWidth: 1.7 }),
      dot(looks, { x: "epoch", y: "auc", fill: COLOUR.joint, r: 2.4 }),
      text(lasts, {
        ...{ x: "epoch", y: "auc", text: "label", dx: 8, textAnchor: "start" },
        fill: COLOUR.ink,
      }),
    ],
  });
}
