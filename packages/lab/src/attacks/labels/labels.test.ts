import { makePlan } from "@moongate/messages";
import { MemoryView } from "@moongate/views";
import { beforeAll, describe, expect, it } from "vitest";
import { type MaskedSession, maskedSession } from "../../testing/masked-session.ts";
import { type SplitSession, splitSession } from "../../testing/split-session.ts";
import type { AttackResult, Truth } from "../attack.ts";
import { matrix } from "../numeric/matrices.ts";
import { normals, permutation, uniforms } from "@moongate/statistics";
import { supervisedFor } from "../supervised.ts";
import { verdicts, WORKS } from "../verdict.ts";
import { labelAttacks } from "./all.ts";
import { averaged, completion, completionActive } from "./completion.ts";
import { direct } from "./direct.ts";
import { direction } from "./direction.ts";
import { hint } from "./hint.ts";
import { inference } from "./inference.ts";
import { norm, norms } from "./norm.ts";
import { residue } from "./residue.ts";
import type { LabelAttack } from "./run.ts";
import { skewedUpwards, spectral, topProjection } from "./spectral.ts";

const options = { seed: "1" };
const on = ({ media, labels }: SplitSession, attack: LabelAttack, known?: number) =>
  attack.run(media, { labels }, known === undefined ? options : { ...options, known });
const onMasked = ({ views, labels }: MaskedSession, attack: LabelAttack) =>
  attack.run(views.media, { labels: { values: labels, names: ["bought"] } }, options);
const mean = ({ leak }: AttackResult): number => leak?.mean ?? Number.NaN;
const contains = ({ leak }: AttackResult, value: number): boolean => {
  const [low, high] = leak?.interval ?? [Number.NaN, Number.NaN];
  return low <= value && value <= high;
};
/** Makes of each gradient as many normal numbers. */
const normalsOf = (label: string) => {
  const next = uniforms(label);
  return (gradient: Float32Array): Float32Array =>
    Float32Array.from(normals(next, gradient.length));
};

/** The result of an attack on its control. */
const worked: AttackResult = {
  about: norm.about,
  applicable: true,
  leak: { mean: 1, q95: 1, max: 1, error: 0, freedom: 99, interval: [1, 1] },
  steps: 1,
};

/** Six epochs of gradients that are normal numbers. */
function noiseView(label: string) {
  const [rows, batch, cut] = [640, 128, 4];
  const next = uniforms(`noise view ${label}`);
  const labels = Uint8Array.from({ length: rows }, () => (next() < 0.15 ? 1 : 0));
  const model = { kind: "sine", hidden: cut } as const;
  const view = new MemoryView({
    process: "media",
    plan: makePlan("s", ["bought"], { protocol: "split", model }),
    rows: { train: rows, validation: 0, test: 0 },
    width: { media: 1, commerce: 1 },
  });
  for (let step = 0; step < 30; step++) {
    const order = permutation(uniforms(`${label} ${Math.floor(step / 5)}`), rows);
    const positions = order.slice((step % 5) * batch, ((step % 5) + 1) * batch);
    const gradient = Float32Array.from(normals(next, batch * cut));
    const shape = { step, rows: batch } as const;
    view.add(
      { name: "batch", source: "public", ...shape, cols: 1, element: "u32" },
      new Uint8Array(positions.buffer),
    );
    view.add(
      { name: "cut-gradient", source: "received", ...shape, cols: cut, element: "f32" },
      new Uint8Array(gradient.buffer),
    );
  }
  return { view, truth: { labels: { values: labels, names: ["bought"] } } };
}

let logistic: SplitSession;
let rare: SplitSession;
let relu: SplitSession;
let two: SplitSession;
let noise: SplitSession;
let noisy: SplitSession;
beforeAll(async () => {
  logistic = await splitSession({ seed: "1", kind: "logistic" });
  rare = await splitSession({ seed: "2", kind: "logistic", offset: -5 });
  relu = await splitSession({ seed: "3", kind: "relu", epochs: 4 });
  two = await splitSession({ seed: "4", kind: "logistic", labels: ["bought", "returned"] });
  noise = await splitSession({ seed: "5", kind: "sine", defend: normalsOf("as many numbers") });
  const more = normalsOf("more");
  noisy = await splitSession({
    seed: "6",
    kind: "sine",
    epochs: 12,
    defend: (gradient) => {
      const added = more(gradient);
      return gradient.map((value, i) => value + 0.6 * (added[i] ?? 0));
    },
  });
});

describe("attacks on labels of an undefended split training", () => {
  it.each([
    { attack: norm, session: "rare" },
    { attack: direction, session: "logistic" },
    { attack: hint, session: "rare", known: 30 },
    { attack: spectral, session: "logistic" },
    { attack: direct, session: "logistic" },
    { attack: averaged, session: "logistic" },
    { attack: averaged, session: "relu" },
    { attack: inference, session: "logistic" },
    { attack: inference, session: "relu" },
  ] as const)("succeed: $attack.about.name, $session", async ({ attack, session, ...rest }) => {
    const known = "known" in rest ? rest.known : undefined;
    const result = await on({ logistic, rare, relu }[session], attack, known);
    expect(result.applicable).toBe(true);
    expect(mean(result)).toBeGreaterThan(0.95);
    expect(result.tensor).toBe("cut-gradient");
    expect(result.steps).toBeGreaterThan(5);
  });

  it("do not score the rows whose labels they know", async () => {
    // All positives known: nothing is left to find.
    const result = await on(logistic, hint, 1280);
    expect(result.applicable).toBe(true);
    expect(result.leak).toBeUndefined();
  });

  it("tell which label is worse, measured apart from the choice", async () => {
    const result = await on(two, direct);
    expect(result.parts?.map(({ label }) => label)).toEqual(["bought", "returned"]);
    expect(result.parts?.[0]?.steps).toBe(60);
    expect(result.steps).toBe(30);
    expect(mean(result)).toBe(1);
    const lengths = await on(two, norm);
    const [first, second] = lengths.parts?.map(({ leak }) => leak?.mean ?? 0) ?? [];
    expect(lengths.label).toBe((first ?? 0) > (second ?? 0) ? "bought" : "returned");
  });

  it("complete the model about as well as own columns alone", async () => {
    const result = await on(logistic, completion, 200);
    const control = await supervisedFor(completion, logistic.media, logistic, {
      ...options,
      known: 200,
    });
    expect(result.tensor).toBe("own/embedding");
    expect(mean(result)).toBeGreaterThan(0.55);
    expect(control?.known).toBe(200);
    expect(Math.abs(mean(result) - (control?.leak?.mean ?? 0))).toBeLessThan(0.1);
  });
});

describe("attacks on labels when noise takes the place of gradients", () => {
  const attacks = [norm, direction, hint, spectral, averaged];

  it.each(attacks)("are at chance: $about.name", async (attack) => {
    const result = await on(noise, attack);
    // Spectral also looks at media's own embeddings, which a random walk has changed.
    const gradients = result.parts?.find(({ tensor }) => tensor === "cut-gradient");
    const attackOnGradients = { ...result, leak: gradients?.leak };
    expect(verdicts([{ attack: attackOnGradients, control: { attack: worked } }])).toEqual([
      "at chance",
    ]);
  });

  it("are at chance over many draws, and their intervals cover one half as often as they say", async () => {
    const runs = 40;
    for (const attack of [norm, direction, spectral]) {
      const results = await Promise.all(
        Array.from({ length: runs }, async (_, run) => {
          const { view, truth } = noiseView(`${run}`);
          return attack.run(view, truth, { seed: `${run}` });
        }),
      );
      const average = results.reduce((sum, result) => sum + mean(result), 0) / runs;
      // One run's mean has a deviation of .014, that of 40 runs .0022. max(AUC, 1 − AUC) gives .511.
      expect(Math.abs(average - 0.5)).toBeLessThan(0.009);
      const covering = results.filter((result) => contains(result, 0.5)).length;
      // Binomial, 40 times .95: fewer than 33 is less than once in 1000.
      expect(covering).toBeGreaterThanOrEqual(33);
    }
  });
});

describe("noise that is drawn anew each step", () => {
  it("averages out over epochs", async () => {
    const single = [norm, direction, hint, spectral];
    const best = Math.max(
      ...(await Promise.all(single.map(async (a) => mean(await on(noisy, a))))),
    );
    expect(mean(await on(noisy, averaged))).toBeGreaterThan(best + 0.1);
  });
});

describe("attacks on labels of masked training", () => {
  let masked: MaskedSession;
  let bare: MaskedSession;
  beforeAll(async () => {
    const model = { kind: "sine", hidden: 4, epochs: 6 } as const;
    // Rows enough to rule a leak of .6 out.
    const rows = { train: 1536, validation: 40, test: 60 };
    masked = await maskedSession({ seed: "2", model, rows });
    bare = await maskedSession({ seed: "2", model, rows, zeroMasks: true });
  });

  const none: readonly LabelAttack[] = [residue, completionActive];
  const attacks = labelAttacks.filter((attack) => !none.includes(attack));
  it.each(attacks)("are at chance, and work where masks are zero: $about.name", async (attack) => {
    const control = await onMasked(bare, attack);
    expect(control.tensor).toBe("6:sine-backward/epsilon");
    expect(mean(control)).toBeGreaterThan(WORKS);
    const result = await onMasked(masked, attack);
    expect(result.parts?.length).toBeGreaterThan(1);
    expect(verdicts([{ attack: result, control: { attack: control } }])).toEqual(["at chance"]);
  });

  it("cannot be by altered gradients: there are none to alter", async () => {
    const result = await onMasked(bare, completionActive);
    const why = "in a masked training media has no gradients to scale";
    expect(result).toMatchObject({ applicable: false, why });
  });

  it("find nothing in the gradient that is opened to be truncated, and labels without masks", async () => {
    const [bareSums, sums] = [await onMasked(bare, residue), await onMasked(masked, residue)];
    expect(mean(bareSums)).toBeGreaterThan(0.7);
    expect(Math.abs(mean(sums) - 0.5)).toBeLessThan(0.1);
  });
});

describe("a view", () => {
  const empty = (process: "media" | "commerce") =>
    new MemoryView({
      process,
      plan: makePlan("s", ["bought"]),
      rows: { train: 2, validation: 0, test: 0 },
      width: { media: 1, commerce: 1 },
    });
  const truth: Truth = { labels: { values: Uint8Array.of(0, 1), names: ["bought"] } };

  it.each(labelAttacks)(
    "that is empty, or another's, is none to attack: $about.name",
    async (attack) => {
      const nothing = await attack.run(empty("media"), truth, options);
      expect(nothing).toMatchObject({ applicable: false, steps: 0 });
      const others = await attack.run(empty("commerce"), truth, options);
      expect(others.why).toBe("the view is commerce's, the attack media's");
      expect((await attack.run(empty("media"), {}, options)).why).toMatch(/true labels/);
    },
  );
});

describe("scores by hand", () => {
  it("norms are Euclidean", () => {
    expect([...norms(matrix(3, 2, [3, -4, 0, 0, -1, 0]))]).toEqual([5, 0, 1]);
  });

  it("the top singular vector of a 3 × 2 example", () => {
    // Rows (5, 1), (1, 5), (0, 0) have the right singular vectors (1, ±1)/√2, with values 6 and 4.
    const example = matrix(3, 2, [5, 1, 1, 5, 0, 0]);
    const projection = topProjection(example, uniforms("x"));
    const sign = Math.sign(projection[0] ?? 0);
    [6, 6, 0].forEach((value, row) => {
      expect(sign * (projection[row] ?? 9)).toBeCloseTo(value / Math.SQRT2, 6);
    });
  });

  it("a projection's tail is turned upwards", () => {
    expect([...skewedUpwards(Float64Array.of(1, 1, -2))]).toEqual([-1, -1, 2]);
    expect([...skewedUpwards(Float64Array.of(-1, -1, 2))]).toEqual([-1, -1, 2]);
  });
});
