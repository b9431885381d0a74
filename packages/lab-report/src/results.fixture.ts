import type { AttackOutcome, Unit, UnitResult } from "@moongate/lab";

/** What a made-up table is like. */
export interface MadeTable {
  readonly data: string;
  readonly floor: number;
  readonly ceiling: number;
  readonly best?: number;
  readonly rate: number;
}

export const TABLES: readonly MadeTable[] = [
  { data: "synthetic", floor: 0.7012, ceiling: 0.7535, best: 0.8123, rate: 0.12 },
  { data: "online-shoppers", floor: 0.905, ceiling: 0.931, rate: 0.155 },
];

type Defence = NonNullable<Unit["defence"]>;
const defence = (
  place: Defence["place"],
  kind: string,
  title: string,
  strength: number | null,
): Defence => ({ place, kind, title, strength });

/** Defences with what they leave: of the leak beyond chance, and of the gain of joining. */
const DEFENCES: readonly (readonly [Defence, leak: number, gain: number, epsilon?: number])[] = [
  [defence("labels", "randomised-response", "randomised response, ε = 4", 0.25), 0.86, 0.9, 4],
  [defence("labels", "randomised-response", "randomised response, ε = 1", 1), 0.45, 0.3, 1],
  [defence("labels", "lp-2st", "LP-2ST, ε = 2", 0.5), 0.6, 0.55, 2],
  [defence("gradient", "gaussian", "Gaussian noise, σ = 0.5", 0.5), 0.5, 0.75],
  [defence("gradient", "gaussian", "Gaussian noise, σ = 2", 2), 0.16, -0.2],
  [defence("gradient", "marvell", "Marvell, s = 1", 1), 0.3, 0.82],
  [defence("gradient", "marvell", "Marvell, s = 4", 4), 0.14, 0.5],
  [defence("gradient", "max-norm", "max-norm", null), 0.5, 0.8],
  [defence("gradient", "isotropic", "isotropic, t = 1", 1), 0.42, 0.78],
  [defence("gradient", "isotropic", "isotropic, t = 3", 3), 0.22, 0.35],
  [defence("gradient", "sparsification", "sparsification, 75%", 0.75), 0.99, 0.97],
  [defence("gradient", "discretisation", "discretisation, 12 bins", 12), 0.985, 0.98],
  [defence("gradient", "discretisation", "discretisation, 2 bins", 24), 0.95, 0.7],
  [defence("embedding", "noise", "noise on embeddings, σ = 1", 1), 0.99, 0.45],
  [defence("embedding", "distance-correlation", "distance correlation, w = 1", 1), 0.985, 0.8],
];

/** All of a made-up grid: every protocol, defence and control on each table, with paired seeds. */
export function makeResults(tables = TABLES, seeds = 5): UnitResult[] {
  return tables.flatMap((table) =>
    Array.from({ length: seeds }, (_, seed) => unitsOf(table, `seed-${seed + 1}`)).flat(),
  );
}

/** Made-up audits of the noisy units' claims; those of small epsilons find too little. */
export function makeAudits(epsilons: readonly number[] = [8, 4, 1]): UnitResult[] {
  return epsilons.map((epsilon) => {
    const found = epsilon > 1 ? 0.4 * epsilon : 0;
    const bounds = { trainings: 1000, atLeast: 0.3 * found, gaussianAtLeast: found };
    const control = (gaussianAtLeast: number) => ({ ...bounds, trainings: 200, gaussianAtLeast });
    const unit: Unit = {
      ...{ id: `canary_${epsilon}`, data: "canary", seed: "1", protocol: "masked" },
      ...{ model: "logistic", epsilon, control: "canary" },
    };
    return {
      ...{ format: "moongate-benchmark-unit", version: 1, unit, status: "done", attacks: [] },
      rows: { train: 0, validation: 0, test: 0 },
      audit: {
        ...{ ...bounds, epsilon, delta: 1e-5, confidence: 0.95 },
        controls: { quarter: control(4 * found), none: control(30) },
      },
    };
  });
}

function unitsOf(table: MadeTable, seed: string): UnitResult[] {
  const made = (
    own: Partial<Unit> & Pick<Unit, "protocol">,
    share: number,
    more: Partial<UnitResult> = {},
    leak?: number,
  ): UnitResult => {
    const unit: Unit = { id: "", data: table.data, seed, model: "sine", control: "none", ...own };
    const { defence: how, epsilon, control, model, protocol } = unit;
    const id = [table.data, seed, protocol, model, how?.title, epsilon, control].join("_");
    return resultOf({ ...unit, id }, table, share, leak, more);
  };
  const dp = (epsilon: number, masked: boolean): Partial<UnitResult> => ({
    dp: {
      epsilon,
      delta: masked ? 1e-5 : 0,
      claim: masked
        ? "one user's row and label against who holds the released model and scores"
        : "one user's label against media",
    },
  });
  return [
    made({ protocol: "local" }, 0),
    made({ protocol: "local", model: "logistic" }, -0.1),
    made({ protocol: "pooled" }, 1),
    made({ protocol: "pooled", model: "logistic" }, 0.6),
    made({ protocol: "split" }, 1, {}, 1),
    made({ protocol: "split", model: "relu" }, 0.94, {}, 0.99),
    ...DEFENCES.map(([how, leak, gain, epsilon]) =>
      made(
        { protocol: "split", defence: how },
        gain,
        epsilon === undefined ? {} : dp(epsilon, false),
        leak,
      ),
    ),
    made({ protocol: "masked" }, 0.99, {}, 0),
    made({ protocol: "masked", model: "logistic" }, 0.6, {}, 0),
    ...[8, 4, 1].map((epsilon) =>
      made(
        { protocol: "masked", model: "logistic", epsilon },
        0.6 - 0.25 / epsilon,
        dp(epsilon, true),
        0,
      ),
    ),
    made({ protocol: "masked", control: "masks-off" }, 0.99, {}, 1),
    made({ protocol: "masked", control: "coordinator" }, 0.99, {}, 0),
    made({ protocol: "masked", control: "coordinator+media" }, 0.99, {}, 1),
    made({ protocol: "masked", control: "coordinator+commerce" }, 0.99, {}, 1),
  ];
}

function resultOf(
  unit: Unit,
  table: MadeTable,
  share: number,
  leak: number | undefined,
  more: Partial<UnitResult>,
): UnitResult {
  const luck = 0.006 * noise(`${table.data} ${unit.seed}`);
  const auc = table.floor + share * (table.ceiling - table.floor) + luck;
  const metrics = (place: string): NonNullable<UnitResult["test"]> => {
    const at = auc + 0.0008 * noise(`${unit.id} ${place}`);
    return {
      auc: at,
      ks: 1.6 * (at - 0.5),
      prAuc: table.rate + 1.1 * (at - 0.5),
      logLoss: 0.5 - 0.4 * (at - 0.5),
      calibrationError: 0.012 + 0.002 * Math.abs(noise(`${unit.id} calibration`)),
      lift10: 1 + 9 * (at - 0.5),
    };
  };
  const crosses = unit.protocol === "split" || unit.protocol === "masked";
  const sum = unit.protocol === "masked" ? 5 : 1;
  return {
    format: "moongate-benchmark-unit",
    version: 1,
    unit,
    status: "done",
    validation: metrics("validation"),
    test: metrics("test"),
    attacks: crosses && leak !== undefined ? attacksOn(unit, leak) : [],
    costs: {
      rounds: crosses ? 300 * sum : 0,
      steps: 300,
      bytes: crosses ? 40e6 * sum : 0,
      seconds: (0.8 * sum + (unit.protocol === "local" ? 0 : 1)) * (1 + 0.1 * noise(unit.id)),
    },
    rows: { train: 6000, validation: 2000, test: 2000 },
    rate: table.rate,
    overlap: 0.78,
    ...(table.best === undefined ? {} : { best: table.best }),
    ...(crosses ? { disclosures: unit.protocol === "split" ? 6 : 3 } : {}),
    ...more,
  };
}

/** name, title, adversary, target, known labels, how much of the leak it finds. */
type Kind = readonly [string, string, string, AttackOutcome["target"], number | undefined, number];
const LABEL: readonly Kind[] = [
  ["norm", "Gradient norm", "media", "labels", undefined, 0.96],
  ["direction", "Gradient direction", "media", "labels", 1, 0.99],
  ["hint", "Nearest known gradients", "media", "labels", 10, 0.99],
  ["spectral", "Spectral", "media", "labels", 10, 0.98],
  ["completion", "Model completion", "media", "labels", 100, 0.6],
  ["exploit", "Batch label inference", "media", "labels", undefined, 0.9],
  ["residue", "Residue of revealed sums", "media", "labels", undefined, 0.1],
  ["shadow-inversion", "Shadow inversion of embeddings", "commerce", "features", 500, 0.8],
  ["generative-regression", "Generative regression (GRN)", "commerce", "features", undefined, 0.3],
];
const JOINED: readonly Kind[] = [
  ["unmask", "Masks taken off", "coordinator+media", "labels", undefined, 1],
  ["unmask", "Masks taken off", "coordinator+commerce", "features", undefined, 0.96],
  ["ciphertext", "Sealed frames", "coordinator", "labels", undefined, 1],
];

function attacksOn(unit: Unit, leak: number): AttackOutcome[] {
  const joined = unit.control.startsWith("coordinator");
  const kinds = joined ? JOINED.filter(([, , who]) => who === unit.control) : LABEL;
  const outcomes = kinds.map((kind) => outcomeOf(unit, kind, leak));
  if (joined) return outcomes;
  const why = "the model is not a released logistic regression";
  const title = "Equation solving (ESA)";
  const about = { name: "equation-solving", title, adversary: "commerce" };
  return [...outcomes, { ...about, target: "features", applicable: false, why }];
}

function outcomeOf(
  unit: Unit,
  [name, title, adversary, target, known, finds]: Kind,
  leak: number,
): AttackOutcome {
  const luck = 0.009 * noise(`${unit.id} ${name} ${known ?? ""}`);
  // A defence of gradients does nothing for the embeddings that commerce sees, and the other way.
  const defended = unit.defence?.place === (target === "labels" ? "embedding" : "gradient");
  const mean = Math.min(1, 0.5 + 0.5 * finds * (defended ? 0.99 : leak) + luck);
  const about = { name, title, adversary, target, applicable: true };
  return {
    ...about,
    ...(known === undefined ? {} : { known }),
    leak: {
      mean,
      q95: Math.min(1, mean + 0.03),
      max: Math.min(1, mean + 0.06),
      low: mean - 0.02,
      high: Math.min(1, mean + 0.02),
      ...{ error: 0.01, freedom: 200 },
    },
    ...(known === undefined || target !== "labels"
      ? {}
      : { excess: mean - 0.52, supervised: { mean: 0.52, error: 0.01, freedom: 200 } }),
    details:
      target === "features"
        ? { r2: Math.max(0, 1.6 * (mean - 0.55)) }
        : { "tpr 1%": Math.max(0.01, 2 * mean - 1), "tpr 0.1%": Math.max(0.001, 1.8 * mean - 0.9) },
  };
}

/** About uniform in [-1, 1] and the same for the same words (FNV-1a and a finaliser). */
function noise(words: string): number {
  let hash = 2_166_136_261;
  for (const sign of words) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 16_777_619);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 31 - 1;
}
