import type { ModelReport, ResultDocument } from "@moongate/results";

/** A result document of plausible shape; its figures are invented and only ever rendered in tests. */
export const resultFixture: ResultDocument = {
  format: "moongate-result",
  version: 2,
  session: "demo",
  protocol: "masked",
  model: { kind: "logistic", epochs: 10, batchSize: 256, learningRate: 0.25, weightDecay: 0 },
  seed: "7",
  alignment: { method: "keyed", idRule: "trimmed", decoys: 64 },
  rows: {
    media: 27_200,
    commerce: 26_520,
    aligned: 21_216,
    train: 14_851,
    validation: 2_122,
    test: 4_243,
  },
  width: { media: 61, commerce: 38 },
  baselineRows: 14_851,
  labels: ["store_order", "live_order"],
  auc: {
    store_order: {
      commerceOnly: 0.7012,
      federated: 0.7534,
      pooled: 0.7535,
      best: 0.8123,
      validation: { commerceOnly: 0.7, federated: 0.75 },
    },
    live_order: {
      commerceOnly: 0.6512,
      federated: 0.7034,
      pooled: 0.7033,
      best: 0.7623,
      validation: { commerceOnly: 0.65, federated: 0.7 },
    },
  },
  models: [
    model("federated", "logistic", false, { store_order: 0.7534, live_order: 0.7034 }),
    model("commerce", "logistic", false, { store_order: 0.7012, live_order: 0.6512 }),
    model("commerce", "relu", false, { store_order: 0.7112, live_order: 0.6612 }),
    model("commerce", "sine", false, { store_order: 0.7122, live_order: 0.6622 }),
    model("media", "logistic", true, { store_order: 0.6812, live_order: 0.6312 }),
    model("media", "relu", true, { store_order: 0.6912, live_order: 0.6412 }),
    model("media", "sine", true, { store_order: 0.6922, live_order: 0.6422 }),
    model("pooled", "logistic", true, { store_order: 0.7535, live_order: 0.7033 }),
    model("pooled", "relu", true, { store_order: 0.7735, live_order: 0.7233 }),
    model("pooled", "sine", true, { store_order: 0.7745, live_order: 0.7243 }),
  ],
  engine: { name: "wasm", version: "4.22.0", note: "get the native one" },
  local: { commerce: null },
  traffic: {
    rounds: 1_745,
    steps: 580,
    bytes: 250_000_000,
    links: [
      row("media", "coordinator", "outer", "control", 7, 900),
      row("media", "coordinator", "outer", "relay", 1_800, 70_000_000),
      row("coordinator", "commerce", "outer", "relay", 1_800, 70_000_000),
      row("coordinator", "commerce", "outer", "deal", 1_740, 60_000_000),
      row("media", "commerce", "inner", "opening", 1_745, 69_000_000),
    ],
  },
  seconds: { connect: 0.2, alignment: 0.5, training: 6.25, total: 9.5 },
  memory: { coordinator: 151_000_000, media: 182_000_000, commerce: 213_000_000 },
  cpuSeconds: {
    coordinator: { training: 3.5, total: 4 },
    media: { training: 4.5, total: 6 },
    commerce: { training: 5, total: 8 },
  },
  disclosures: [
    {
      what: "scores of the test rows",
      shape: "4243 x 2",
      to: "commerce",
      why: "to measure the model",
    },
    { what: "sizes of both id sets", shape: "2 numbers", to: "coordinator", why: "to intersect" },
  ],
  seen: [
    seen("coordinator", "outer", "media", "relay", false, "sealed bytes between the parties"),
    seen("coordinator", "outer", "media", "control", true, "session, sizes, phases"),
    seen("media", "inner", "commerce", "opening", true, "uniformly random words"),
  ],
  environment: {
    moongate: "0.1.0",
    node: "v20.19.0",
    os: "Linux 6",
    architecture: "x64",
    cpu: "a processor",
    cpus: 2,
  },
  runDirectory: "runs/2026-01-02T03-04-05Z-7",
};

function model(
  who: ModelReport["who"],
  kind: ModelReport["kind"],
  oracle: boolean,
  aucs: Readonly<Record<string, number>>,
): ModelReport {
  const measured = Object.fromEntries(
    Object.entries(aucs).map(([label, auc]) => [
      label,
      { auc, ks: 0.31, prAuc: 0.22, logLoss: 0.256, calibrationError: 0.011, lift10: 3.21 },
    ]),
  );
  return { who, kind, oracle, trainedRows: 14_851, validation: measured, test: measured };
}

type Link = ResultDocument["traffic"]["links"][number];
type Seen = ResultDocument["seen"][number];

function row(
  from: Link["from"],
  to: Link["to"],
  channel: Link["channel"],
  kind: string,
  frames: number,
  bytes: number,
): Link {
  return { from, to, channel, kind, frames, bytes };
}

function seen(
  process: Seen["process"],
  channel: Seen["channel"],
  from: Seen["from"],
  kind: string,
  opened: boolean,
  as: string,
): Seen {
  return { process, channel, from, kind, frames: 12, bytes: 3456, opened, as };
}
