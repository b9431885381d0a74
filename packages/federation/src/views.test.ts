import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { auc } from "@moongate/statistics";
import type { Role, Side } from "@moongate/messages";
import { batches, type MaskSource, MaskStreams } from "@moongate/mpc";
import { matrixOf, type MemoryView, named, openView, type View } from "@moongate/views";
import { describe, expect, it } from "vitest";
import { FederationWorld, type WorldOptions } from "./testing/federation-world.ts";

const MODEL = { kind: "sine", epochs: 2, batchSize: 64, hidden: 5, learningRate: 0.2 } as const;
const PLANS = {
  masked: { plan: { seed: "views", model: MODEL } },
  split: {
    plan: { seed: "views", protocol: "split", model: MODEL },
    accept: { protocols: ["split"] },
  },
} satisfies Record<string, WorldOptions>;

async function recorded(options: WorldOptions): Promise<FederationWorld> {
  const world = await FederationWorld.create({ seed: "views", views: "honest", ...options });
  const { media, commerce } = await world.run();
  if (media.error) throw media.error;
  if (commerce.error) throw commerce.error;
  return world;
}

const viewOf = (world: FederationWorld, role: Role): MemoryView => {
  const view = world.views[role];
  if (view === undefined) throw new Error(`no view of ${role}`);
  return view;
};

const values = (view: View, name: string): Float64Array[] =>
  named(view, name).map((tensor) => matrixOf(view, tensor).values);

describe.each(["masked", "split"] as const)("a recorded %s session", (protocol) => {
  it("has a view of each process, and each step's batch before what came in it", async () => {
    const world = await recorded(PLANS[protocol]);
    const { train } = viewOf(world, "media").header.rows;
    const schedule = [0, 1].flatMap((epoch) => batches("views", epoch, train, 64));
    for (const side of ["media", "commerce"] as const) {
      const view = viewOf(world, side);
      expect(view.header).toMatchObject({ process: side, plan: world.plan, incarnation: 1 });
      const steps = schedule.map((_, step) => view.tensors.filter((each) => each.step === step));
      steps.forEach((tensors, step) => {
        const [batch, ...others] = tensors;
        if (batch === undefined) throw new Error(`nothing of step ${step}`);
        expect(batch).toMatchObject({ name: "batch", source: "public", element: "u32" });
        expect([...matrixOf(view, batch).values]).toEqual([...(schedule[step] ?? [])]);
        expect(others.length).toBeGreaterThan(0);
        expect(others.map(({ name }) => name)).toEqual(steps[0]?.slice(1).map(({ name }) => name));
      });
      expect(view.tensors.filter((each) => (each.step ?? 0) >= schedule.length)).toEqual([]);
    }
    expect(viewOf(world, "coordinator").tensors.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["psi-tags/media", "traffic/commerce"]),
    );
    expect(named(viewOf(world, "coordinator"), "dealer-seed/media")).toEqual([]);
  });

  it("holds what the party brought, and commerce's scores", async () => {
    const world = await recorded(PLANS[protocol]);
    const [media, commerce] = [viewOf(world, "media"), viewOf(world, "commerce")];
    const { train, validation, test } = media.header.rows;
    const rows = train + validation + test;
    expect(named(media, "own/features")[0]).toMatchObject({ rows, cols: 3, source: "own" });
    expect(named(commerce, "own/features")[0]).toMatchObject({ rows, cols: 2, source: "own" });
    expect(named(media, "own/labels")).toEqual([]);
    const [labels] = values(commerce, "own/labels");
    const [scores] = values(commerce, "scores");
    const source = { masked: "opened", split: "computed" }[protocol];
    expect(named(commerce, "scores").map((each) => each.source)).toEqual([source]);
    const held = labels?.slice(train) ?? new Float64Array();
    expect(auc(scores ?? new Float64Array(), Uint8Array.from(held))).toBeGreaterThan(0.7);
    expect(named(media, "scores")).toEqual([]);
  });

  it("is written to files for their owner, beside a notice, when a party asks", async () => {
    const world = await recorded({ ...PLANS[protocol], views: "files" });
    for (const side of ["media", "commerce"] as const) {
      const folder = join(world.directory, side, "view");
      expect((await stat(folder)).mode & 0o777).toBe(0o700);
      for (const name of await readdir(folder)) {
        expect((await stat(join(folder, name))).mode & 0o777, name).toBe(0o600);
      }
      expect(await readFile(join(folder, "README.txt"), "utf8")).toContain("PRIVATE DATA");
      const view = openView(folder);
      expect(view.header.process).toBe(side);
      expect(view.tensors.length).toBeGreaterThan(10);
      view.close();
    }
  });

  it("is not recorded unless asked", async () => {
    const world = await FederationWorld.create(PLANS[protocol]);
    const { media } = await world.run();
    expect(await readdir(media.outcome?.runDirectory ?? "")).not.toContain("view");
  });
});

describe("a view of the split protocol", () => {
  it("has at commerce what media sent, and gradients at media alone", async () => {
    const world = await recorded(PLANS.split);
    const [media, commerce] = [viewOf(world, "media"), viewOf(world, "commerce")];
    expect(values(commerce, "embedding")).toEqual(values(media, "own/embedding"));
    expect(named(media, "cut-gradient").length).toBe(
      named(media, "batch").filter(({ step }) => step !== null).length,
    );
    expect(named(commerce, "cut-gradient")).toEqual([]);
  });

  it("has at media the bottom model that it keeps: it makes the embeddings that were sent", async () => {
    const world = await recorded(PLANS.split);
    const media = viewOf(world, "media");
    const layers = named(media, "own/bottom");
    const cut = named(media, "own/embedding")[0]?.cols;
    expect(layers).toMatchObject([{ source: "own", step: null, rows: 4, cols: cut }]);
    expect(named(viewOf(world, "commerce"), "own/bottom")).toEqual([]);
    const [weights] = values(media, "own/bottom");
    const [columns] = values(media, "own/features");
    const held = named(media, "own/embedding").at(-1);
    const sent = held === undefined ? [] : matrixOf(media, held).values;
    const [first] = values(media, "batch").slice(-1);
    sent.slice(0, cut).forEach((value, unit) => {
      let sum = weights?.[3 * (cut ?? 0) + unit] ?? 0;
      for (let col = 0; col < 3; col++) {
        sum +=
          (columns?.[(first?.[0] ?? 0) * 3 + col] ?? 0) * (weights?.[col * (cut ?? 0) + unit] ?? 0);
      }
      expect(value).toBeCloseTo(sum, 5);
    });
    expect(sent.length).toBeGreaterThan(0);
  });
});

/** The mask of both parties of a tensor that they opened in a training step, as signed numbers. */
function jointMask(seeds: Record<Side, Uint8Array>, step: number, name: string, length: number) {
  const [number = "", tensor = ""] = name.split(":");
  const masks = (["media", "commerce"] as const).map((side) => {
    const streams = new MaskStreams(seeds[side], { session: "test", incarnation: 1 });
    streams.openStep(step);
    const words = new BigUint64Array(length);
    streams.stream(Number(number), tensor).fill(new Uint8Array(words.buffer));
    return words;
  });
  return Array.from({ length }, (_, at) => (masks[0]?.[at] ?? 0n) + (masks[1]?.[at] ?? 0n));
}

describe("a corrupt coordinator", () => {
  it("takes the masks off media's view, and learns the labels", async () => {
    const world = await recorded({ ...PLANS.masked, tables: { matched: 1500 }, views: "corrupt" });
    const [media, dealer] = [viewOf(world, "media"), viewOf(world, "coordinator")];
    const labels = values(viewOf(world, "commerce"), "own/labels")[0] ?? new Float64Array();
    const seedOf = (side: Side): Uint8Array => {
      const [tensor] = named(dealer, `dealer-seed/${side}`);
      expect(tensor).toMatchObject({ source: "secret", rows: 32, cols: 1, element: "u8" });
      return tensor === undefined ? new Uint8Array() : dealer.bytes(tensor);
    };
    const seeds = { media: seedOf("media"), commerce: seedOf("commerce") };

    // Epsilon is e − η; the mask step counts the stretches in which columns were masked.
    const name = "6:sine-backward/epsilon";
    const masking = media.tensors.findIndex((each) => each.name === "batch");
    const before = media.tensors.slice(0, masking).filter((each) => each.name.includes("columns"));
    const opened = named(media, name).filter(({ step }) => step !== null);
    const batchOf = named(media, "batch").filter(({ step }) => step !== null);
    const errors: number[] = [];
    const blind: number[] = [];
    const truth: number[] = [];
    opened.forEach((epsilon, step) => {
      const rows = batchOf[step];
      if (rows === undefined || epsilon.step !== step) throw new Error(`step ${step} is missing`);
      const words = new BigUint64Array(media.bytes(epsilon).slice().buffer);
      const mask = before.length + step;
      const etas = jointMask(seeds, mask, "6:sine-backward/eta", words.length);
      const signed = (word: bigint): number => -Number(BigInt.asIntN(64, word));
      errors.push(...Array.from(words, (word, at) => signed(word + (etas[at] ?? 0n))));
      blind.push(...Array.from(words, signed));
      truth.push(...Array.from(matrixOf(media, rows).values, (row) => labels[row] ?? 0));
    });
    const positives = truth.filter(Boolean).length;
    const negatives = truth.length - positives;
    expect(Math.min(positives, negatives)).toBeGreaterThan(500);
    const tells = (scores: readonly number[], rows = scores.length): number =>
      auc(Float64Array.from(scores.slice(0, rows)), Uint8Array.from(truth.slice(0, rows)));
    expect(tells(errors, 64)).toBe(1);
    // Later on a few logits lie where the sigmoid's series overshoots 0 or 1.
    expect(tells(errors)).toBeGreaterThan(0.99);
    // Without the seeds the same numbers tell nothing. Every word has a fresh uniform mask, random
    // in every run, so this AUC has mean 1/2 and the variance of Mann and Whitney's statistic:
    // beyond 5 deviations once in two million runs.
    const deviation = Math.sqrt((truth.length + 1) / (12 * positives * negatives));
    expect(Math.abs(tells(blind) - 0.5)).toBeLessThan(5 * deviation);
  });
});

describe("masks that are put aside (the insecure control)", () => {
  it("show the other's columns as they are", async () => {
    const zeros = (source: MaskSource): MaskSource => ({
      openStep: (step) => {
        source.openStep(step);
      },
      stream: () => ({ fill: (target) => target.fill(0) }),
      tableMask: () => ({ fill: (_first, target) => target.fill(0) }),
    });
    const world = await recorded({ ...PLANS.masked, masks: zeros });
    const [columns] = values(viewOf(world, "commerce"), "0:mask-columns/columns");
    const features = values(viewOf(world, "media"), "own/features")[0] ?? new Float64Array();
    columns?.forEach((word, at) => {
      expect(Math.abs(word / 2 ** 12 - (features[at] ?? Number.NaN))).toBeLessThan(2 ** -12);
    });
    expect(columns?.length).toBeGreaterThan(100);
  });
});
