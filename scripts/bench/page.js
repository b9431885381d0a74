// docs/performance.md: the program writes what stands between the markers, people the rest.
import { readFile, writeFile } from "node:fs/promises";
import { floorMicroseconds, floorOf } from "./floor.js";

export const number = (value, digits = 0) =>
  value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });

export function markdown(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [
    line(head),
    line(head.map((_, index) => (index === 0 ? "---" : "---:"))),
    ...rows.map(line),
  ].join("\n");
}

/** Replaces what stands between `<!-- NAME -->` and `<!-- /NAME -->`. */
export async function writeSections(file, sections) {
  let text = await readFile(file, "utf8");
  for (const [name, body] of Object.entries(sections)) {
    const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const from = text.indexOf(open);
    const to = text.indexOf(close);
    if (from < 0 || to < from) throw new Error(`${file} lacks the markers of ${name}`);
    text = `${text.slice(0, from + open.length)}\n\n${body}\n\n${text.slice(to)}`;
  }
  await writeFile(file, text);
}

const title = (model) =>
  model === "sine" ? "sine network, 16 hidden units" : "logistic regression";

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

function floorTable(report) {
  const speeds = {
    multiplyAddsPerSecond: report.kernels["multiply 1024x64 by 64x16"].multiplyAddsPerSecond,
    expandedBytesPerSecond: report.streams.gigabytesPerSecond * 1e9,
    // Sealing, the socket, and opening: what the largest frames reach over one hop.
    wireBytesPerSecond:
      1e6 * report.transport.findLast(({ link }) => link === "websocket").megabytesPerSecond,
  };
  const rows = report.training.map((one) => {
    const floor = floorOf({
      rounds: report.declared[one.model],
      batchSize: one.batchSize,
      columns: 65,
      labels: 1,
      units: one.model === "sine" ? 16 : undefined,
    });
    const least = floorMicroseconds(floor, speeds);
    const total = least.multiplyAdds + least.expandedBytes + least.wireBytes;
    const spent = (report.environment.cores * 1e6) / one.rowsPerSecond;
    return [
      title(one.model),
      `${number(floor.multiplyAdds)} (${number(least.multiplyAdds, 2)} µs)`,
      `${number(floor.expandedBytes)} B (${number(least.expandedBytes, 2)} µs)`,
      `${number(floor.wireBytes)} B (${number(least.wireBytes, 2)} µs)`,
      number(floor.rounds),
      `${number(total, 1)} µs`,
      `${number(spent, 1)} µs`,
      number(spent / total, 1),
    ];
  });
  return markdown(
    [
      "model",
      "multiply-adds",
      "mask bytes",
      "wire bytes",
      "rounds",
      "floor",
      "spent, all cores",
      "times the floor",
    ],
    rows,
  );
}

function unitsTable(figures) {
  return markdown(
    ["what", "figure"],
    Object.entries(figures).flatMap(([name, units]) =>
      Object.entries(units).map(([unit, value]) => [
        name,
        `${number(value, value < 100 ? 1 : 0)} ${unit}`,
      ]),
    ),
  );
}

function latencyTable({ latency, batchSizes }) {
  const delays = [...new Set(latency.map(({ latencyMs }) => latencyMs))];
  const rows = batchSizes.map(({ batchSize, federated, validation }) => [
    number(batchSize),
    ...delays.map((delay) => {
      const found = latency.find((one) => one.batchSize === batchSize && one.latencyMs === delay);
      return number(found.secondsAnEpoch, 2);
    }),
    number(validation, 4),
    number(federated, 4),
  ]);
  const head = delays.map((delay) => `${delay} ms: s an epoch`);
  return markdown(["batch", ...head, "validation AUC", "test AUC"], rows);
}

function inFlightTable({ inFlight }) {
  const rows = inFlight.map(({ batchSize, late, validation, test }) => [
    number(batchSize),
    late === 0 ? "one" : "two",
    number(validation, 4),
    number(test, 4),
  ]);
  return markdown(["batch", "in flight", "validation AUC", "test AUC"], rows);
}

export async function writePage(file, report) {
  const { environment, when } = report;
  await writeSections(file, {
    environment: `Measured ${when.slice(0, 10)} on ${environment.cores} cores (${environment.cpu}), Node ${environment.node}.`,
    training: trainingTable(report),
    floor: floorTable(report),
    latency: latencyTable(report),
    "in flight": inFlightTable(report),
    kernels: unitsTable(report.kernels),
    transport: markdown(
      ["link", "bytes a frame", "round trip, µs", "MB/s"],
      report.transport.map((one) => [
        one.link,
        number(one.bytes),
        number(one.roundTripUs),
        number(one.megabytesPerSecond),
      ]),
    ),
  });
}
