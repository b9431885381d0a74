import { areaY, lineY, type Markish, text } from "@observablehq/plot";
import type { HistogramBin } from "../model/score-histogram.ts";
import { probability } from "../model/curves.ts";
import type { Markup } from "@moongate/text";
import { chart, HALF } from "./chart.ts";
import { COLOUR } from "./colours.ts";

/** Histograms of one model, and the model's name as the reader's language has it. */
export interface Distribution {
  readonly name: string;
  readonly bins: readonly HistogramBin[];
}

interface Corner {
  readonly model: string;
  readonly kind: "negative" | "positive";
  readonly x: number;
  readonly y: number;
}

const KINDS = ["negative", "positive"] as const;

/** Scores of those who convert and of those who do not, one panel a model, all on one axis. */
export function scoreDistributions(
  models: readonly Distribution[],
  words: { readonly describe: string; readonly x: string },
): Markup {
  const corners = models.flatMap(({ name, bins }) =>
    KINDS.flatMap((kind) =>
      bins.flatMap((bin): Corner[] => [
        { model: name, kind, x: bin.from, y: bin[kind] },
        { model: name, kind, x: bin.to, y: bin[kind] },
      ]),
    ),
  );
  const of = (kind: Corner["kind"]): readonly Corner[] =>
    corners.filter((corner) => corner.kind === kind);
  const marks = KINDS.flatMap((kind) => [
    areaY(of(kind), {
      x: "x",
      y1: () => 0,
      y2: "y",
      fy: "model",
      fill: COLOUR[kind],
      fillOpacity: 0.28,
    }),
    lineY(of(kind), { x: "x", y: "y", fy: "model", stroke: COLOUR[kind], strokeWidth: 1.6 }),
  ]);
  return chart({
    ...HALF,
    describe: words.describe,
    marginLeft: 12,
    marginTop: 26,
    x: {
      label: words.x,
      labelArrow: "none",
      labelAnchor: "center",
      labelOffset: 40,
      ticks: TICKS.map(logit).filter((tick) => inside(tick, corners)),
      tickFormat: (value: number) => percentOf(probability(value)),
      grid: true,
    },
    y: { axis: null },
    fy: { label: null, domain: models.map(({ name }) => name), axis: null, padding: 0.22 },
    marks: [...marks, ...titles(models)],
  });
}

/** The names of the models, each at the left top of its panel. */
function titles(models: readonly Distribution[]): Markish[] {
  return [
    text(models, {
      fy: "name",
      text: "name",
      frameAnchor: "top-left",
      dy: -14,
      fontWeight: 600,
    }),
  ];
}

/** Probabilities that a logit axis can name. */
const TICKS = [0.0001, 0.001, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 0.999, 0.9999];

const logit = (share: number): number => Math.log(share / (1 - share));

const percentOf = (share: number): string => `${Number((share * 100).toPrecision(4))}%`;

function inside(tick: number, corners: readonly Corner[]): boolean {
  const low = Math.min(...corners.map(({ x }) => x));
  const high = Math.max(...corners.map(({ x }) => x));
  return tick >= low && tick <= high;
}
