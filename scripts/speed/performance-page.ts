// The tables of docs/performance.md, from the report of bench:speed.
import { at } from "@moongate/errors";
import { PROCESSES } from "../bench/demo.ts";
import { markdown, number, type Sections } from "../figures/page.ts";
import { measuredOn } from "../figures/publish.ts";
import { meanAndSpread } from "../figures/statistics.ts";
import { SPENT_ON } from "./attribution.ts";
import { floorMicroseconds, speedsOf, type TimedPhase } from "./floor.ts";
import { figureOf, type KernelFigures, type SpeedUnit } from "./kernels.ts";
import { ofModel, type SpeedReport, type TimedModel, type TrainingSpeed } from "./report.ts";
import { targetsTable } from "./targets.ts";

const PHASES: readonly TimedPhase[] = ["masking", "training", "evaluation"];

function title(model: TimedModel): string {
  return model === "sine" ? "sine network, 16 hidden units" : "logistic regression";
}

function total(record: Readonly<Record<string, number>>): number {
  return Object.values(record).reduce((sum, value) => sum + value, 0);
}

/** Sections of the page by the name of their markers. */
export function performanceSections(report: SpeedReport): Sections {
  return {
    environment: `Measured ${measuredOn(report)}.`,
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

function trainingTable({ training, tensorflow }: SpeedReport): string {
  const rows = training.map((one) => {
    const yardstick = ofModel(tensorflow, one.model);
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
function byHand({ training, tensorflow }: SpeedReport): string {
  const sentences = training.map(({ model, rowsPerSecond }) => {
    const { fit, byHand: hand } = ofModel(tensorflow, model);
    const holds = (ratio: number): string => (ratio < 3 ? "below 3" : "not below 3");
    const [toFit, toHand] = [fit / rowsPerSecond, hand / rowsPerSecond];
    return (
      `${title(model)}: TensorFlow.js in the clear is ${number(toFit, 1)} times as fast by ` +
      `\`model.fit\` (${holds(toFit)}) and ${number(toHand, 1)} times by hand (${holds(toHand)})`
    );
  });
  return `${sentences.join("; ")}. The bound of 3 is told for \`model.fit\`.`;
}

function encodedTable({ encoded }: SpeedReport): string {
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
      auc === null ? "" : number(auc, 4),
    ]),
  );
}

/** Sections of the decision on sparse products. */
export function productSections(report: SpeedReport): Sections {
  const { numbers, width, profile } = at(report.encoded, report.encoded.length - 1);
  const busy = PROCESSES.reduce((sum, each) => sum + busyMicroseconds(profile, each), 0);
  const products = spentOn(profile, "ring products");
  const text =
    `Of the ${number(busy, 1)} µs that all three processes are busy for a trained row ` +
    `(\`${numbers}\`, ${width.media} + ${width.commerce} columns, by profile), ring products are ` +
    `${number(products, 1)} µs, and a third of them ${number(products / 3, 1)} µs: ` +
    `${number((100 * products) / 3 / busy, 1)}%.`;
  return { encoded: encodedTable(report), products: text };
}

type Profile = TrainingSpeed["profile"];
type Process = (typeof PROCESSES)[number];

/** Microseconds a row in which a process did not wait. */
function busyMicroseconds({ microsecondsARow }: Profile, process: Process): number {
  const spent = microsecondsARow[process];
  return total(spent) - (spent["waiting"] ?? 0);
}

/** Microseconds a row that all processes together spent on something. */
function spentOn({ microsecondsARow }: Profile, what: string): number {
  return PROCESSES.reduce((sum, each) => sum + (microsecondsARow[each][what] ?? 0), 0);
}

const WHAT_ROWS = {
  masking: "a masked row",
  training: "a trained row",
  evaluation: "a scored row",
};

function floorTable(report: SpeedReport): string {
  const speeds = speedsOf(report);
  const rows = report.training.flatMap(({ model, cpuMicrosecondsARow }) =>
    PHASES.map((phase) => {
      const least = floorMicroseconds(report.floor[model][phase], speeds).total;
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

function floorPartsTable(report: SpeedReport): string {
  const speeds = speedsOf(report);
  const rows = report.training.flatMap(({ model, batchSize }) =>
    PHASES.map((phase) => {
      const floor = report.floor[model][phase];
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

function profileTable({ training }: SpeedReport): string {
  const rows = training.flatMap(({ model, profile }) =>
    PROCESSES.map((each) => [
      title(model),
      each,
      ...SPENT_ON.map((what) => number(profile.microsecondsARow[each][what] ?? 0, 2)),
      number(busyMicroseconds(profile, each), 2),
      number(profile.cpuMicrosecondsARow[each], 2),
    ]),
  );
  return markdown(["model", "process", ...SPENT_ON, "all but waiting", "CPU, its own clock"], rows);
}

/** What most of the time goes to, in words: as the profile has it. */
function largest({ training }: SpeedReport): string {
  const sentences = training.map(({ model, profile }) => {
    const spent = SPENT_ON.filter((what) => what !== "waiting").map(
      (what) => [what, spentOn(profile, what)] as const,
    );
    const all = spent.reduce((sum, [, time]) => sum + time, 0);
    const parts = spent
      .toSorted(([, a], [, b]) => b - a)
      .map(([what, time]) => `${what} ${number((100 * time) / all)}%`);
    const idle = PROCESSES.map((each) => {
      const share = 1 - busyMicroseconds(profile, each) / total(profile.microsecondsARow[each]);
      return `${each} ${number(100 * share)}%`;
    });
    return `${title(model)}: ${parts.join(", ")}. Of its own time each process waits: ${idle.join(", ")}.`;
  });
  return sentences.join("\n\n");
}

function latencyTable({ latency }: SpeedReport): string {
  const delays = [...new Set(latency.map(({ latencyMs }) => latencyMs))];
  const sizes = [...new Set(latency.map(({ batchSize }) => batchSize))];
  const rows = sizes.map((size) => [
    number(size),
    ...delays.map((delay) => {
      const found = latency.find((one) => one.batchSize === size && one.latencyMs === delay);
      return number(found?.secondsAnEpoch ?? NaN, 2);
    }),
  ]);
  return markdown(["batch", ...delays.map((delay) => `${delay} ms: s an epoch`)], rows);
}

function batchSizesTable({ batchSizes }: SpeedReport): string {
  const sizes = [...new Set(batchSizes.map(({ batchSize }) => batchSize))];
  const rows = sizes.map((size) => {
    const runs = batchSizes.filter(({ batchSize }) => batchSize === size);
    const { fitted, learningRate, momentum } = at(runs, 0);
    return [
      size === "auto" ? `auto (${number(fitted)})` : number(size),
      number(learningRate, 3),
      number(momentum, 3),
      meanAndSpread(runs.map(({ validation }) => validation)),
      meanAndSpread(runs.map(({ test }) => test)),
    ];
  });
  return markdown(["batch", "learning rate", "momentum", "validation AUC", "test AUC"], rows);
}

function inFlightTable({ inFlight }: SpeedReport): string {
  const cases = new Map<string, typeof inFlight>();
  for (const run of inFlight) {
    const key = `${run.batchSize} ${run.late}`;
    cases.set(key, [...(cases.get(key) ?? []), run]);
  }
  const rows = [...cases.values()].map((runs) => [
    number(at(runs, 0).batchSize),
    at(runs, 0).late === 0 ? "one" : "two",
    meanAndSpread(runs.map(({ validation }) => validation)),
    meanAndSpread(runs.map(({ test }) => test)),
  ]);
  return markdown(["batch", "in flight", "validation AUC", "test AUC"], rows);
}

/** How people write each unit. */
const UNITS: Readonly<Record<SpeedUnit, (value: number) => string>> = {
  multiplyAddsPerSecond: (value) => `${number(value / 1e9, 2)} billion multiply-adds a second`,
  nanosecondsPerElement: (value) => `${number(value, 1)} ns an element`,
  gigabytesPerSecond: (value) => `${number(value, 1)} GB/s`,
};

function unitsTable(figures: KernelFigures): string {
  return markdown(
    ["what", "figure"],
    Object.entries(figures).flatMap(([name, units]) =>
      (Object.keys(units) as SpeedUnit[]).map((unit) => [
        name,
        UNITS[unit](figureOf(figures, name, unit)),
      ]),
    ),
  );
}

function transportTable({ transport }: SpeedReport): string {
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
