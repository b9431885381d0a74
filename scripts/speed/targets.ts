// What speed is asked of the masked models, beside the fastest systems known: their figures on a
// machine like this one (2 cores, loopback, batch 1,024, 64 features, hidden 16, two parties and a
// dealer, all three processes counted).
import { markdown, number } from "../figures/page.ts";
import type { Judged } from "../figures/publish.ts";
import { ofModel, type SpeedReport, type TimedModel } from "./report.ts";

const SYSTEMS = [
  "a C++ MPC engine, dealer, TLS, 5-piece sigmoid",
  "the same, 3-piece sigmoid (loses AUC)",
  "a Python MPC framework, dealer, no TLS",
];

interface Measure {
  readonly what: string;
  readonly model: TimedModel;
  readonly key: "rowsPerSecond" | "roundsAStep" | "bytesARowAnEpoch";
  /** Figures in the order of SYSTEMS. */
  readonly theirs: readonly number[];
  /** The target: at least so much (rates), or at most. */
  readonly least?: number;
  readonly most?: number;
}

interface JudgedBesideSystems extends Judged {
  readonly theirs: readonly number[];
}

const MEASURES: readonly Measure[] = [
  {
    ...{ what: "logistic regression, rows/s", model: "logistic", key: "rowsPerSecond" },
    ...{ theirs: [85_000, 115_000, 7_600], least: 250_000 },
  },
  {
    ...{ what: "network, rows/s", model: "sine", key: "rowsPerSecond" },
    ...{ theirs: [25_500, 29_700, 5_200], least: 75_000 },
  },
  {
    ...{ what: "logistic regression, rounds a step", model: "logistic", key: "roundsAStep" },
    ...{ theirs: [16, 16, 27], most: 4 },
  },
  {
    ...{ what: "network, rounds a step", model: "sine", key: "roundsAStep" },
    ...{ theirs: [39, 39, 40], most: 10 },
  },
  {
    ...{ what: "logistic regression, bytes a row an epoch", model: "logistic" },
    ...{ key: "bytesARowAnEpoch", theirs: [2_700, 2_400, 3_800], most: 400 },
  },
  {
    ...{ what: "network, bytes a row an epoch", model: "sine" },
    ...{ key: "bytesARowAnEpoch", theirs: [7_900, 7_500, 15_200], most: 3_500 },
  },
];
/** TensorFlow.js's `model.fit` on the pooled table in the clear, over the masked rate: below this. */
const RATIO = 3;

/** Every target with what was measured and whether it is met. */
export function judged({ training, tensorflow }: SpeedReport): JudgedBesideSystems[] {
  const ratios = (["logistic", "sine"] as const).map((model) => {
    const ratio = ofModel(tensorflow, model).fit / ofModel(training, model).rowsPerSecond;
    const name = model === "sine" ? "network" : "logistic regression";
    return {
      what: `${name}, \`model.fit\` in the clear over it`,
      theirs: [],
      target: `below ${RATIO}`,
      measured: number(ratio, 1),
      met: ratio < RATIO,
    };
  });
  return [
    ...MEASURES.map(({ what, model, key, theirs, least, most }) => {
      const value = ofModel(training, model)[key];
      const target =
        least === undefined ? `at most ${number(most ?? 0)}` : `at least ${number(least)}`;
      const met = value >= (least ?? 0) && value <= (most ?? Infinity);
      return { what, theirs, target, measured: number(value), met };
    }),
    ...ratios,
  ];
}

export function targetsTable(report: SpeedReport): string {
  return markdown(
    ["", ...SYSTEMS, "Moongate", "target", "met"],
    judged(report).map(({ what, theirs, measured, target, met }) => [
      what,
      ...SYSTEMS.map((_, index) => {
        const figure = theirs[index];
        return figure === undefined ? "" : number(figure);
      }),
      `**${measured}**`,
      target,
      met ? "yes" : "**no**",
    ]),
  );
}
