// The tables of docs/performance.md, from the report of bench:speed.
import { SPENT_ON } from "./attribution.js";
import { floorMicroseconds, speedsOf } from "./floor.js";
import { markdown, number } from "./page.js";
import { PROCESSES } from "./sessions.js";
import { mean, spread } from "./statistics.js";
import { targetsTable } from "./targets.js";

const title = (model) =>
  model === "sine" ? "sine network, 16 hidden units" : "logistic regression";
const total = (record) => Object.values(record).reduce((sum, value) => sum + value, 0);

/** Sections of the page by the name of their markers. */
export function performanceSections(report) {
  const { environment, when } = report;
  return {
    environment: `Measured ${when.slice(0, 10)} on ${environment.cores} cores (${environment.cpu}), Node ${environment.node}.`,
    training: trainingTable(report),
    "by hand": byHand(report),
    targets: targetsTable(report),
    encoded: encodedTable(report),
    floor: floorTable(report),
    "floor parts": floorPartsTable(report),
    profile: profileTable(report),
    largest: largest(report),
    latency: latencyTable(report),
    "batch sizes": batchSizesTable(report),
    "in flight": inFlightTable(report),
    kernels: unitsTable(report.kernels),
    transport: transportTable(report),
  };
}

function trainingTable({ training, tensorflow }) {
  const rows = training.map((one) => {
    const yardstick = tensorflow.find(({ model }) => model === one.model);
    return [
      title(one.model),
      number(one.rowsPerSecond),
      one.allRuns.map((rate) => number(rate)).join(", "),
      number(one.roundsAStep),
      number(one.bytesARowAnEpoch),
      `${number(yardstick.fit)} (${yardstick.engine})`,
      number(yardstick.fit / one.rowsPerSecond, 1),
      `${number(yardstick.byHand)} (${yardstick.engine})`,
      number(yardstick.byHand / one.rowsPerSecond, 1),
      number(one.maskingSeconds, 2),
    ];
  });
  return markdown(
    [
      "model",
      "rows/s (median)",
      "all runs",
      "rounds a step",
      "bytes a row an epoch, all links",
      "TensorFlow.js in the clear, rows/s: `model.fit`",
      "ratio",
      "the same by hand",
      "ratio",
      "data mask, once, s",
    ],
    rows,
  );
}

/** Said plainly: against which of the two yardsticks the bound holds. */
function byHand({ training, tensorflow }) {
  const sentences = training.map(({ model, rowsPerSecond }) => {
    const { fit, byHand: hand } = tensorflow.find((one) => one.model === model);
    const holds = (ratio) => (ratio < 3 ? "below 3" : "not below 3");
    const [toFit, toHand] = [fit / rowsPerSecond, hand / rowsPerSecond];
    return (
      `${title(model)}: TensorFlow.js in the clear is ${number(toFit, 1)} times as fast by ` +
      `\`model.fit\` (${holds(toFit)}) and ${number(toHand, 1)} times by hand (${holds(toHand)})`
    );
  });
  return `${sentences.join("; ")}. The bound of 3 is told for \`model.fit\`.`;
}

function encodedTable({ encoded }) {
  return markdown(
    [
      "numbers",
      "encoded columns, media + commerce",
      "rows/s (median)",
      "bytes a row an epoch",
      "test AUC",
    ],
    encoded.map(({ numbers, width, rowsPerSecond, bytesARowAnEpoch, auc }) => [
      numbers === "auto" ? "as by default (`auto`)" : `\`${numbers}\``,
      `${number(width.media)} + ${number(width.commerce)}`,
      number(rowsPerSecond),
      number(bytesARowAnEpoch),
      number(auc, 4),
    ]),
  );
}

/** Sections of the decision on sparse products. */
export function productSections(report) {
  const { numbers, width, profile } = report.encoded.at(-1);
  const all = (pick) =>
    PROCESSES.reduce((sum, each) => sum + pick(profile.microsecondsARow[each]), 0);
  const products = all((spent) => spent["ring products"]);
  const busy = all((spent) => total(spent) - spent.waiting);
  const text =
    `Of the ${number(busy, 1)} µs that all three processes are busy for a trained row ` +
    `(\`${numbers}\`, ${width.media} + ${width.commerce} columns, by profile), ring products are ` +
    `${number(products, 1)} µs, and a third of them ${number(products / 3, 1)} µs: ` +
    `${number((100 * products) / 3 / busy, 1)}%.`;
  return { encoded: encodedTable(report), products: text };
}

const WHAT_ROWS = {
  masking: "a masked row",
  training: "a trained row",
  evaluation: "a scored row",
};

function floorTable(report) {
  const speeds = speedsOf(report);
  const rows = report.training.flatMap(({ model, cpuMicrosecondsARow }) =>
    Object.entries(report.floor[model]).map(([phase, floor]) => {
      const least = floorMicroseconds(floor, speeds).total;
      const spent = cpuMicrosecondsARow[phase];
      return [
        title(model),
        `${phase}, ${WHAT_ROWS[phase]}`,
        ...PROCESSES.map((each) => number(spent[each], 1)),
        number(total(spent), 1),
        number(least, 1),
        number(total(spent) / least, 1),
      ];
    }),
  );
  return markdown(
    ["model", "phase", ...PROCESSES, "CPU of all three, µs", "floor, µs", "times the floor"],
    rows,
  );
}

function floorPartsTable(report) {
  const speeds = speedsOf(report);
  const rows = report.training.flatMap(({ model, batchSize }) =>
    Object.entries(report.floor[model]).map(([phase, floor]) => {
      const least = floorMicroseconds(floor, speeds);
      const angles = Object.values(floor.angles).reduce((sum, count) => sum + count, 0);
      return [
        title(model),
        phase,
        `${number(floor.multiplyAdds)} (${number(least.multiplyAdds, 2)} µs)`,
        `${number(angles)} (${number(least.trigonometry, 2)} µs)`,
        `${number(floor.expandedBytes)} B (${number(least.masks, 2)} µs)`,
        `${number(floor.wireBytes)} B (${number(least.wire, 2)} µs)`,
        `${number(floor.rounds * batchSize, 1)} (${number(least.rounds, 2)} µs)`,
      ];
    }),
  );
  return markdown(
    [
      "model",
      "phase",
      "multiply-adds",
      "angles",
      "mask bytes",
      "wire bytes",
      "rounds in 1,024 rows",
    ],
    rows,
  );
}

function profileTable({ training }) {
  const cells = (spent, cpu) => {
    const busy = total(spent) - spent.waiting;
    return [...SPENT_ON.map((what) => number(spent[what], 2)), number(busy, 2), number(cpu, 2)];
  };
  const rows = training.flatMap(({ model, profile }) =>
    PROCESSES.map((each) => [
      title(model),
      each,
      ...cells(profile.microsecondsARow[each], profile.cpuMicrosecondsARow[each]),
    ]),
  );
  return markdown(["model", "process", ...SPENT_ON, "all but waiting", "CPU, its own clock"], rows);
}

/** What most of the time goes to, in words: as the profile has it. */
function largest({ training }) {
  const sentences = training.map(({ model, profile }) => {
    const spent = SPENT_ON.filter((what) => what !== "waiting").map((what) => [
      what,
      PROCESSES.reduce((sum, each) => sum + profile.microsecondsARow[each][what], 0),
    ]);
    const all = spent.reduce((sum, [, time]) => sum + time, 0);
    const parts = spent
      .sort(([, a], [, b]) => b - a)
      .map(([what, time]) => `${what} ${number((100 * time) / all)}%`);
    const idle = PROCESSES.map((each) => {
      const own = profile.microsecondsARow[each];
      return `${each} ${number((100 * own.waiting) / total(own))}%`;
    });
    return `${title(model)}: ${parts.join(", ")}. Of its own time each process waits: ${idle.join(", ")}.`;
  });
  return sentences.join("\n\n");
}

function latencyTable({ latency }) {
  const delays = [...new Set(latency.map(({ latencyMs }) => latencyMs))];
  const sizes = [...new Set(latency.map(({ batchSize }) => batchSize))];
  const rows = sizes.map((size) => [
    number(size),
    ...delays.map((delay) => {
      const found = latency.find((one) => one.batchSize === size && one.latencyMs === delay);
      return number(found.secondsAnEpoch, 2);
    }),
  ]);
  return markdown(["batch", ...delays.map((delay) => `${delay} ms: s an epoch`)], rows);
}

const over = (values) => `${number(mean(values), 4)} ± ${number(spread(values), 4)}`;

function batchSizesTable({ batchSizes }) {
  const sizes = [...new Set(batchSizes.map(({ batchSize }) => batchSize))];
  const rows = sizes.map((size) => {
    const runs = batchSizes.filter(({ batchSize }) => batchSize === size);
    return [
      size === "auto" ? `auto (${number(runs[0].fitted)})` : number(size),
      number(runs[0].learningRate, 3),
      number(runs[0].momentum, 3),
      over(runs.map(({ validation }) => validation)),
      over(runs.map(({ test }) => test)),
    ];
  });
  return markdown(["batch", "learning rate", "momentum", "validation AUC", "test AUC"], rows);
}

function inFlightTable({ inFlight }) {
  const cases = new Map();
  for (const one of inFlight) {
    const key = `${one.batchSize} ${one.late}`;
    cases.set(key, [...(cases.get(key) ?? []), one]);
  }
  const rows = [...cases.values()].map((runs) => [
    number(runs[0].batchSize),
    runs[0].late === 0 ? "one" : "two",
    over(runs.map(({ validation }) => validation)),
    over(runs.map(({ test }) => test)),
  ]);
  return markdown(["batch", "in flight", "validation AUC", "test AUC"], rows);
}

/** As people write them. */
const UNITS = {
  multiplyAddsPerSecond: (value) => `${number(value / 1e9, 2)} billion multiply-adds a second`,
  nanosecondsPerElement: (value) => `${number(value, 1)} ns an element`,
  gigabytesPerSecond: (value) => `${number(value, 1)} GB/s`,
};

function unitsTable(figures) {
  return markdown(
    ["what", "figure"],
    Object.entries(figures).flatMap(([name, units]) =>
      Object.entries(units).map(([unit, value]) => [name, UNITS[unit](value)]),
    ),
  );
}

function transportTable({ transport }) {
  return markdown(
    ["link", "bytes a frame", "round trip, µs", "its CPU time, µs", "MB/s"],
    transport.map((one) => [
      one.link,
      number(one.bytes),
      number(one.roundTripUs),
      number(one.cpuUs),
      number(one.megabytesPerSecond),
    ]),
  );
}
