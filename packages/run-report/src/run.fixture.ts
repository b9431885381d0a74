import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SeenRow, TrafficRow } from "@moongate/messages";
import type { Disclosure, ResultDocument } from "@moongate/results";

/** Test rows of the fixture's score files; every eighth converts. */
export const ROWS = 480;
const LABELS = ["store_order", "a,b"];

/** The same numbers between 0 and 1 for every run of the tests. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** Rows whose logits tell the label the better, the larger the signal. */
function scores(signal: number, seed: number): string {
  const noise = numbers(seed);
  const lines = Array.from({ length: ROWS }, (_, row) => {
    const converts = row % 8 === 0 ? 1 : 0;
    const cells = LABELS.map(() => {
      const logit = -2 + signal * converts + 2 * (noise.next().value - 0.5);
      return `${converts},${(1 / (1 + Math.exp(-logit))).toFixed(6)},${logit}`;
    });
    return `"user ""${row}"", x",${row < 10 ? "validation" : "test"},${cells.join(",")}`;
  });
  return `id,split\n${lines.join("\n")}\n`;
}

const metrics = (auc: number) => ({
  ...{ auc, ks: 0.4, prAuc: 0.4, logLoss: 0.3, calibrationError: 0.01, lift10: 3 },
});

const model = (who: "federated" | "commerce" | "pooled", auc: number) => ({
  ...{ who, kind: "sine" as const, oracle: who === "pooled", trainedRows: 2000 },
  validation: Object.fromEntries(LABELS.map((name) => [name, metrics(auc)])),
  test: Object.fromEntries(LABELS.map((name) => [name, metrics(auc)])),
});

const gain = (mean: number) => ({ mean, interval: [mean - 0.01, mean + 0.01] as [number, number] });

const worth = {
  verdict: "pays",
  classes: { positives: 59, negatives: 411 },
  suspects: [],
  rate: 0.125,
  auc: { alone: 0.7, joint: 0.8, gain: gain(0.1) },
  lift10: { alone: 2.5, joint: 3, gain: gain(0.5) },
  orders: { alone: 100, joint: 120, more: gain(20) },
  money: { gross: gain(1500), fixed: 1000, net: gain(500) },
  breakEven: { at: 0.2, interval: [0.1, 0.3] as [number, number] },
} as const;

const links: readonly TrafficRow[] = [
  ...[["control", 900] as const, ["relay", 4_000_000] as const].flatMap(([kind, bytes]) => [
    { from: "coordinator", to: "media", channel: "outer", kind, frames: 3, bytes } as const,
    { from: "media", to: "coordinator", channel: "outer", kind, frames: 3, bytes } as const,
    { from: "commerce", to: "coordinator", channel: "outer", kind, frames: 3, bytes } as const,
    { from: "coordinator", to: "commerce", channel: "outer", kind, frames: 3, bytes } as const,
  ]),
  { from: "media", to: "commerce", channel: "inner", kind: "opening", frames: 9, bytes: 3_900_000 },
  { from: "commerce", to: "media", channel: "inner", kind: "opening", frames: 9, bytes: 3_900_000 },
];

const seen: readonly SeenRow[] = [
  {
    ...{ process: "coordinator", channel: "outer", from: "media", kind: "relay" },
    ...{ frames: 3, bytes: 4_000_000, opened: false },
    as: "TLS records of the parties' own channel",
  },
  {
    ...{ process: "media", channel: "outer", from: "coordinator", kind: "control" },
    ...{ frames: 3, bytes: 900, opened: true },
    as: "who takes part, the plan, widths, numbers of rows",
  },
];

const disclosures: readonly Disclosure[] = [
  ...(["media", "commerce"] as const).map((to) => ({
    what: "which of its own users are in the joint set",
    shape: "3000",
    to,
    why: "the joint model is trained on users that both sides have",
  })),
  {
    what: "test scores",
    shape: `${ROWS}×2`,
    to: "commerce",
    why: "commerce evaluates the model and uses its predictions",
  },
];

const AUC = {
  ...{ commerceOnly: 0.7, federated: 0.8 },
  validation: { commerceOnly: 0.7, federated: 0.8 },
};

/** A result as a demo writes it, with all that a page can show. */
export const RESULT: ResultDocument = {
  format: "moongate-result",
  version: 2,
  session: "demo",
  protocol: "masked",
  model: {
    ...{ kind: "sine", hidden: 16, epochs: 3, batchSize: "auto" },
    ...{ learningRate: 0.1, weightDecay: 0.001 },
  },
  seed: "1",
  alignment: { method: "keyed", idRule: "exact", decoys: 0 },
  rows: {
    ...{ media: 5000, commerce: 4000, aligned: 3000 },
    ...{ train: 2100, validation: 300, test: ROWS },
  },
  width: { media: 3, commerce: 2 },
  baselineRows: 2100,
  labels: LABELS,
  auc: Object.fromEntries(
    LABELS.map((name) => [
      name,
      {
        ...AUC,
        ...{ pooled: 0.81, best: 0.9 },
      },
    ]),
  ),
  models: [model("federated", 0.8), model("commerce", 0.7), model("pooled", 0.81)],
  engine: { name: "cpu", version: "4.22.0" },
  local: { media: null, commerce: null },
  traffic: { rounds: 50, steps: 12, bytes: 8_000_000, links: [...links] },
  seconds: { training: 2, total: 3 },
  memory: { coordinator: 1e8, media: 1e8, commerce: 2e8 },
  cpuSeconds: { coordinator: { total: 1 }, media: { total: 1 }, commerce: { total: 1 } },
  disclosures: [...disclosures],
  seen: [...seen],
  joining: {
    ...{ alone: "sine", testRows: ROWS, bytes: 8e6, seconds: 3, disclosures: 3, overlap: 0.75 },
    campaign: {
      ...{ budget: 10_000, costPerClick: 0.5, fixedCost: 1000 },
      ...{ pricePerGigabyte: 0.1, pricePerHour: 1 },
    },
    labels: Object.fromEntries(LABELS.map((name) => [name, { ...worth, suspects: [] }])),
  },
  epochs: {
    whose: "pooled",
    labels: LABELS.map((name) => ({ name, auc: [0.6, 0.72, 0.79] })),
  },
  command: `npx moongate demo --out ${"a/very/long/folder/".repeat(6)}`,
  environment: {
    ...{ moongate: "0.1.0", node: "v20", os: "Linux", architecture: "x64" },
    ...{ cpu: "x".repeat(80), cpus: 2 },
  },
  runDirectory: "runs/one",
};

const PREPARATION = {
  features: [
    { name: "watch_time", kind: "number", missing: true, encoding: { type: "ranks" } },
    { name: "a_very_long_name_".repeat(6), kind: "boolean", encoding: { type: "sign" } },
    { name: "<b>", kind: "category", encoding: { type: "one-hot", levels: ["a", "b"] } },
  ],
  dropped: [{ name: "same", reason: "constant on the training rows" }],
};

const log = (lines: readonly object[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join("");
const at = (second: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();

const PARTY_LOG = log([
  { time: at(0), phase: "connect", msg: "phase started" },
  { time: at(1), phase: "connect", msg: "phase ended" },
  { time: at(1), phase: "training", msg: "phase started" },
  { time: at(4), phase: "training", msg: "phase ended" },
]);
const COORDINATOR_LOG = log([
  { time: at(1), role: "commerce", phase: "training", msg: "phase" },
  { time: at(4), msg: "session ended" },
]);

/** The folder of a demo, with those of its three processes in it. */
export async function demoFolder(folder: string, result: ResultDocument = RESULT): Promise<string> {
  const write = async (name: string, text: string): Promise<void> => {
    await mkdir(join(folder, name, ".."), { recursive: true });
    await writeFile(join(folder, name), text);
  };
  await write("result.json", JSON.stringify(result));
  const own = {
    ...result,
    auc: Object.fromEntries(result.labels.map((name) => [name, { ...AUC, pooled: null }])),
    models: result.models.filter(({ oracle }) => !oracle),
    ...{ joining: undefined, epochs: undefined, command: undefined },
  };
  await write("commerce/result.json", JSON.stringify(own));
  await write("commerce/scores.csv", scores(2, 1));
  await write("commerce/baseline-scores.csv", scores(1, 2));
  await write("pooled-scores.csv", scores(2.1, 3));
  await write("coordinator/log.ndjson", COORDINATOR_LOG);
  const { protocol, model, seed, labels, alignment } = result;
  const plan = {
    ...{ task: "train", version: 1, session: "demo", defence: {} },
    ...{ protocol, model, seed, labels, alignment },
    split: { train: 0.7, validation: 0.1, test: 0.2 },
  };
  const { train, validation, test } = result.rows;
  const outcome = {
    ...{ format: "moongate-outcome", version: 1, plan, rows: { train, validation, test } },
    disclosures: result.disclosures.filter(({ to }) => to === "media"),
    seen: result.seen.filter(({ process }) => process === "media"),
    seconds: { training: 3, total: 4 },
  };
  await write("media/outcome.json", JSON.stringify(outcome));
  for (const side of ["media", "commerce"]) {
    await write(`${side}/log.ndjson`, PARTY_LOG);
    await write(`${side}/model/preparation.json`, JSON.stringify(PREPARATION));
  }
  return folder;
}
