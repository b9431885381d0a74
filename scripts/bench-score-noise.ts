// `npm run bench:score-noise [-- --seeds 5] [--model sine] [--tables DIR]
// [--quick]`: what media's score noise costs.
// Writes docs/benchmarks/score-noise.json and the table of docs/protocols/score-noise.md.
//
// Models are trained in the clear by the plaintext twin and scored without noise; noise of each
// deviation is then added to the validation logits. A masked session is not needed for it: offsets are
// independent of everything else, and the twin's logits are the session's to the stated precision.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { CONVERSIONS } from "@moongate/data";
import { at } from "@moongate/errors";
import { aucByLabel, trainTwin } from "@moongate/federation";
import { discreteGaussianNoise, keyedWords, SCORE_NOISE } from "@moongate/mpc";
import {
  type BenchTable,
  meanAuc,
  preparedRows,
  REAL_TABLES,
  realTables,
  syntheticTable,
} from "./bench/three-tables.ts";
import { markdown, signed } from "./figures/page.ts";
import {
  judge,
  type Measured,
  measuredNow,
  measuredOn,
  publish,
  say,
  show,
} from "./figures/publish.ts";
import { mean, spread } from "./figures/statistics.ts";
import { withFolder } from "./folder.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "5" },
    tables: { type: "string", default: REAL_TABLES },
    model: { type: "string", default: "logistic" },
    quick: { type: "boolean", default: false },
  },
});
const MODEL = values.model === "sine" ? "sine" : "logistic";
const SEEDS = Array.from(
  { length: values.quick ? 1 : Number(values.seeds) },
  (_, index) => `${index + 1}`,
);
const SIGMAS = [0.025, 0.05, 0.1, 0.2, 0.4];
/** Noise is drawn so often for each model, so that its own luck does not count. */
const DRAWS = 5;
/** The loss of AUC that the default may cost, mean over seeds. */
const TARGET = 0.001;
const SCALE = 2 ** 30;

interface Row {
  readonly table: string;
  /** Standard deviation of the logits without noise, mean over seeds. */
  readonly spread: number;
  readonly auc: number;
  /** Mean loss of AUC by deviation, and its standard deviation over seeds. */
  readonly loss: readonly {
    readonly sigma: number;
    readonly mean: number;
    readonly over: number;
  }[];
}

interface NoiseDocument extends Measured {
  readonly model: string;
  readonly seeds: number;
  readonly tables: readonly Row[];
}

/** Every table with a label of two words that is there. */
async function tables(folder: string): Promise<BenchTable[]> {
  const others = ["bank-additional", "letter-am", "adult", "shuttle-rare"].flatMap((name) => {
    const file = (side: string): string => join(values.tables, name, `${side}.csv`);
    const files = { media: file("media"), commerce: file("commerce") };
    if (existsSync(files.media)) return [{ name, id: "id", labels: ["label"], files }];
    say(`SKIPPED: ${name}, which is not in ${values.tables}`);
    return [];
  });
  const synthetic = { ...(await syntheticTable(folder)), labels: CONVERSIONS };
  const all = [...realTables(values.tables), ...others, synthetic];
  return values.quick ? all.slice(0, 2) : all;
}

/** Logits with noise from the sampler that a session draws from. */
function noisy(logits: Float64Array, sigma: number, seed: string): Float64Array {
  const draw = discreteGaussianNoise(keyedWords(createHash("sha256").update(seed).digest()));
  const units = draw(BigInt(Math.round(sigma * SCALE)), logits.length);
  return Float64Array.from(units, (unit, index) => at(logits, index) + Number(unit) / SCALE);
}

async function measure(table: BenchTable): Promise<Row> {
  const found: { exact: number; loss: number[]; spread: number }[] = [];
  for (const seed of SEEDS) {
    const { plan, joint } = await preparedRows(table, seed, {
      ...{ model: { kind: MODEL }, scoreNoise: 0 },
    });
    const { rows, labels, media, commerce } = joint;
    const scores = await trainTwin(plan, rows, { media, commerce }, labels);
    const auc = (validation: Float64Array): number =>
      meanAuc(aucByLabel(plan.labels, labels, rows, { ...scores, validation })).validation;
    const exact = auc(scores.validation);
    const loss = SIGMAS.map((sigma) =>
      mean(
        Array.from({ length: DRAWS }, (_, draw) => {
          const drawnFrom = `score noise ${table.name} ${seed} ${sigma} ${draw}`;
          return exact - auc(noisy(scores.validation, sigma, drawnFrom));
        }),
      ),
    );
    found.push({ exact, loss, spread: spread([...scores.validation]) });
    say(`${table.name}, seed ${seed}: ${loss.map((each) => signed(each, 5)).join(" ")}`);
  }
  return {
    table: table.name,
    spread: mean(found.map((each) => each.spread)),
    auc: mean(found.map(({ exact }) => exact)),
    loss: SIGMAS.map((sigma, index) => {
      const losses = found.map(({ loss }) => at(loss, index));
      return { sigma, mean: mean(losses), over: SEEDS.length > 1 ? spread(losses) : 0 };
    }),
  };
}

const head = measuredNow("score-noise", 1);

/** The page's table of what has been measured so far. */
function sectionOf(measured: readonly Row[]): string {
  const how = `mean over ${SEEDS.length} seeds and ${DRAWS} draws of noise each, of a ${MODEL} model trained in the clear`;
  const rows = measured.map((row) => [
    ...[row.table, row.auc.toFixed(4), row.spread.toFixed(2)],
    ...row.loss.map((each) => each.mean.toFixed(5)),
  ]);
  const columns = ["table", "AUC", "spread of logits", ...SIGMAS.map((sigma) => `σ = ${sigma}`)];
  return [
    `Loss of validation AUC by deviation, ${how}; measured ${measuredOn(head)}:`,
    "",
    markdown(columns, rows),
  ].join("\n");
}

// Published after every table: a run that is stopped leaves those that it finished.
const measured: Row[] = [];
await withFolder("score-noise", async (folder) => {
  for (const table of await tables(folder)) {
    measured.push(await measure(table));
    const loss = sectionOf(measured);
    const document: NoiseDocument = {
      ...head,
      model: MODEL,
      seeds: SEEDS.length,
      tables: measured,
    };
    if (values.quick) show({ loss });
    else await publish(document, { "protocols/score-noise.md": { loss } });
  }
});
judge(
  measured.map(({ table, loss: losses }) => {
    const own = losses.find(({ sigma }) => sigma === SCORE_NOISE)?.mean ?? NaN;
    return {
      ...{ what: `AUC lost on ${table} by the default`, measured: own.toFixed(5) },
      ...{ target: `below ${TARGET}`, met: own < TARGET },
    };
  }),
);
