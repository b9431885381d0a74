import { createHash } from "node:crypto";
import { NoMasks } from "../control/no-masks.ts";
import { makePlan, type Plan, type PlanChoices, type Role } from "@moongate/messages";
import {
  batches,
  DealerMachine,
  fittingBatchSize,
  type MaskSource,
  MaskStreams,
  maskedTraining,
  type OpenedTensor,
  PartyMachine,
  type Side,
  SIDES,
  SyntheticMasks,
  type TrainingPlan,
} from "@moongate/mpc";
import { memoryPair } from "@moongate/transport";
import { MemoryView } from "@moongate/views";
import { normals, uniforms } from "@moongate/statistics";

export interface MaskedSession {
  readonly plan: Plan;
  readonly views: Readonly<Record<Role, MemoryView>>;
  /** All joint rows: labels × k, and each side's columns. */
  readonly labels: Uint8Array;
  readonly features: Readonly<Record<Side, Float64Array>>;
  readonly width: Readonly<Record<Side, number>>;
}

export interface MaskedSessionOptions {
  readonly seed: string;
  readonly model: NonNullable<PlanChoices["model"]>;
  readonly rows?: TrainingPlan["rows"];
  readonly width?: Readonly<Record<Side, number>>;
  /** The insecure control. */
  readonly zeroMasks?: boolean;
  /** Seed of masks, where sessions on the same table shall differ in them. */
  readonly masks?: string;
  /** Media's columns in place of the seed's; labels follow from those of the seed all the same. */
  readonly media?: Float64Array;
  /** The labels of all rows, in place of those that follow from the features. */
  readonly labels?: Uint8Array;
}

/** Columns of both sides and a label that both explain; a fifth or so are positive. */
export function jointTable(
  seed: string,
  rows: number,
  width: Readonly<Record<Side, number>>,
): Pick<MaskedSession, "features" | "labels"> {
  const next = uniforms(`table ${seed}`);
  const features = {
    media: normals(next, rows * width.media).map(bounded),
    commerce: normals(next, rows * width.commerce).map(bounded),
  };
  const labels = Uint8Array.from({ length: rows }, (_, row) => {
    const own = features.media.subarray(row * width.media, (row + 1) * width.media);
    const theirs = features.commerce.subarray(row * width.commerce, (row + 1) * width.commerce);
    const logit = [...own, ...theirs].reduce((sum, value) => sum + 0.8 * value, -2);
    return next() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
  });
  return { features, labels };
}

const bounded = (value: number): number => Math.max(-3, Math.min(3, value));

/** A whole masked training in this process, recorded as the three processes would record it. */
export async function maskedSession(options: MaskedSessionOptions): Promise<MaskedSession> {
  const { seed, zeroMasks = false } = options;
  const rows = options.rows ?? { train: 384, validation: 40, test: 60 };
  const width = options.width ?? { media: 4, commerce: 3 };
  const total = rows.train + rows.validation + rows.test;
  const drawn = jointTable(seed, total, width);
  const { media = drawn.features.media } = options;
  const table = { ...drawn, features: { ...drawn.features, media } };
  const labels = options.labels ?? table.labels;
  const plan = makePlan("lab", ["bought"], { seed: "lab", model: options.model });
  const training: TrainingPlan = {
    seed: plan.seed,
    model: plan.model as TrainingPlan["model"],
    labels: 1,
    rows,
    width,
  };

  const header = { plan, rows, width, incarnation: 3 };
  const views = {
    media: new MemoryView({ process: "media", ...header }),
    commerce: new MemoryView({ process: "commerce", ...header }),
    coordinator: new MemoryView({ process: "coordinator", ...header }),
  };
  const bytes = (what: string): Uint8Array =>
    createHash("sha256")
      .update(what + (options.masks ?? seed))
      .digest();
  const dealerSeed = (side: Side): Uint8Array => bytes(`dealer ${side}`);
  const masks = (side: Side): MaskSource =>
    zeroMasks
      ? new NoMasks()
      : new MaskStreams(dealerSeed(side), { session: plan.session, incarnation: 3 });
  const expand = zeroMasks ? { streamsOfKey: () => new NoMasks() } : {};
  const links = (a: string, b: string) => memoryPair({ names: [a, b], seed: `${seed} ${a}` });
  const [mediaPair, commercePair] = links("media", "commerce");
  const [mediaDealer, dealerMedia] = links("media", "coordinator");
  const [commerceDealer, dealerCommerce] = links("commerce", "coordinator");
  const pair = { media: mediaPair, commerce: commercePair };
  const dealer = { media: mediaDealer, commerce: commerceDealer };

  for (const side of SIDES) {
    views.coordinator.add(
      {
        name: `dealer-seed/${side}`,
        source: "secret",
        step: null,
        rows: 32,
        cols: 1,
        element: "u8",
      },
      dealerSeed(side),
    );
    const values = Float32Array.from(table.features[side]);
    views[side].add(
      {
        name: "own/features",
        source: "own",
        step: null,
        rows: total,
        cols: width[side],
        element: "f32",
      },
      new Uint8Array(values.buffer),
    );
  }
  views.commerce.add(
    { name: "own/labels", source: "own", step: null, rows: total, cols: 1, element: "u8" },
    labels,
  );

  const schedule = Array.from({ length: plan.model.epochs }, (_, epoch) => {
    const size = fittingBatchSize(plan.model.batchSize, rows.train);
    return batches(plan.seed, epoch, rows.train, size);
  }).flat();
  const parties = SIDES.map(async (side) => {
    const view = views[side];
    let step: number | null = null;
    const begin = (next: number): void => {
      const batch = schedule[next];
      step = batch === undefined ? null : next;
      if (batch === undefined) return;
      view.add(
        {
          name: "batch",
          source: "public",
          step: next,
          rows: batch.length,
          cols: 1,
          element: "u32",
        },
        new Uint8Array(batch.slice().buffer),
      );
    };
    const onOpened = ({ number, operation, tensor, bytes: opened, ...rest }: OpenedTensor) => {
      view.add({ name: `${number}:${operation}/${tensor}`, step, ...rest }, opened);
    };
    const machine = await PartyMachine.create({
      side,
      pair: pair[side],
      dealer: dealer[side],
      masks: masks(side),
      synthetic: new SyntheticMasks(bytes(`synthetic ${side}`)),
      onOpened,
      ...expand,
    });
    const outcome = await maskedTraining(machine, {
      plan: training,
      inputs: {
        features: { [side]: table.features[side] },
        ...(side === "commerce" ? { labels } : {}),
      },
      onProgress: (phase, done, all) => {
        if (phase === "mask" && done === all) begin(0);
        if (phase === "train") begin(done);
      },
    });
    const { scores } = outcome;
    if (scores === undefined) return;
    const both = Float64Array.from([...scores.validation, ...scores.test]);
    view.add(
      { name: "scores", source: "opened", step: null, rows: both.length, cols: 1, element: "f64" },
      new Uint8Array(both.buffer),
    );
  });
  const dealing = DealerMachine.create({
    commerce: dealerCommerce,
    media: dealerMedia,
    masks: { media: masks("media"), commerce: masks("commerce") },
    streamsOfKey: (key) => {
      const keys = views.coordinator.tensors.filter(({ name }) => name.startsWith("mask-key/"));
      const streams = zeroMasks
        ? new NoMasks()
        : new MaskStreams(key, { session: "synthetic", incarnation: 0 });
      // The dealer expands the keys of a seal twice, and receives them once.
      if (keys.some((each) => Buffer.compare(views.coordinator.bytes(each), key) === 0)) {
        return streams;
      }
      // The dealer takes media's key first.
      const side = keys.length % 2 === 0 ? "media" : "commerce";
      views.coordinator.add(
        {
          name: `mask-key/${side}`,
          source: "received",
          step: null,
          rows: 32,
          cols: 1,
          element: "u8",
        },
        key,
      );
      return streams;
    },
  }).then((machine) => maskedTraining(machine, { plan: training, inputs: { features: {} } }));
  await Promise.all([...parties, dealing]);
  return { plan, views, labels, features: table.features, width };
}
