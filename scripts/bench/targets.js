// What speed is asked of the masked models, beside the fastest systems known: their figures on a
// machine like this one (2 cores, loopback, batch 1,024, 64 features, hidden 16, two parties and a
// dealer, all three processes counted).
import { markdown, number } from "./page.js";

const SYSTEMS = [
  "a C++ MPC engine, dealer, TLS, 5-piece sigmoid",
  "the same, 3-piece sigmoid (loses AUC)",
  "a Python MPC framework, dealer, no TLS",
];

/** `theirs` in the order of SYSTEMS; a target is a least (rates) or a most. */
const MEASURES = [
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
export function judged({ training, tensorflow }) {
  const of = (model) => training.find((one) => one.model === model);
  const ratios = ["logistic", "sine"].map((model) => ({
    what: `${model === "sine" ? "network" : "logistic regression"}, \`model.fit\` in the clear over it`,
    theirs: [],
    target: `below ${RATIO}`,
    digits: 1,
    measured: tensorflow.find((one) => one.model === model).fit / of(model).rowsPerSecond,
  }));
  return [
    ...MEASURES.map(({ what, model, key, theirs, least, most }) => {
      const measured = of(model)[key];
      const met = least === undefined ? measured <= most : measured >= least;
      const target = least === undefined ? `at most ${number(most)}` : `at least ${number(least)}`;
      return { what, theirs, target, digits: 0, measured, met };
    }),
    ...ratios.map((one) => ({ ...one, met: one.measured < RATIO })),
  ];
}

export function targetsTable(report) {
  return markdown(
    ["", ...SYSTEMS, "Moongate", "target", "met"],
    judged(report).map(({ what, theirs, measured, digits, target, met }) => [
      what,
      ...SYSTEMS.map((_, index) => (theirs[index] === undefined ? "" : number(theirs[index]))),
      `**${number(measured, digits)}**`,
      target,
      met ? "yes" : "**no**",
    ]),
  );
}
