// `npm run bench:wrap [-- --runs 100] [--tables DIR] [--quick]`: noisy trainings on the plaintext twin, with
// both parties' noise and the real schedule. Counts those in which a held-out logit reached the
// sigmoid's wrap after any epoch. Writes docs/benchmarks/wrap.json and a table of docs/protocols/dp.md.
import { parseArgs } from "node:util";
import { CONVERSIONS, writePopulation } from "@moongate/data";
import { withNoise } from "@moongate/defences";
import { trainTwinModel } from "@moongate/federation";
import { discreteGaussianNoise, LARGEST_LOGIT, systemWords } from "@moongate/mpc";
import {
  type BenchTable,
  preparedRows,
  REAL_TABLES,
  realTables,
  type PreparedRows,
} from "./bench/three-tables.ts";
import { markdown, number } from "./figures/page.ts";
import {
  judge,
  type Measured,
  measuredNow,
  measuredOn,
  publish,
  say,
  show,
} from "./figures/publish.ts";
import { withFolder } from "./folder.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "100" },
    tables: { type: "string", default: REAL_TABLES },
    quick: { type: "boolean", default: false },
  },
});
const RUNS = values.quick ? 3 : Number(values.runs);
const EPSILONS = [0.5, 1, 2, 4];
/** People of the synthetic population: few, as noise is strongest against few rows. */
const PEOPLE = 2000;

interface Row {
  readonly table: string;
  readonly epsilon: number;
  readonly rows: number;
  readonly columns: number;
  readonly runs: number;
  /** Trainings in which a logit reached the wrap. */
  readonly wrapped: number;
  /** The largest logit of all trainings. */
  readonly largest: number;
}

interface WrapDocument extends Measured {
  readonly trainings: readonly Row[];
}

/** The largest held-out logit after any epoch of one training. */
async function largestLogit({ plan, joint }: PreparedRows): Promise<number> {
  const noises = [0, 1].map(() => discreteGaussianNoise(systemWords()));
  const { rows, media, commerce, labels } = joint;
  const { looks } = await trainTwinModel(plan, rows, { media, commerce }, labels, noises);
  let largest = 0;
  for (const look of looks) for (const logit of look) largest = Math.max(largest, Math.abs(logit));
  return largest;
}

async function measure(table: BenchTable, epsilon: number): Promise<Row> {
  const prepared = await preparedRows(
    table,
    "1",
    withNoise({
      ...{ protocol: "masked", watchValidation: true, scoreNoise: 0, dp: { epsilon } },
      model: { kind: "logistic", epochs: 20, learningRate: 1 },
    } as const),
  );
  const logits: number[] = [];
  for (let run = 0; run < RUNS; run++) logits.push(await largestLogit(prepared));
  const { rows, media, commerce } = prepared.joint;
  const row = {
    ...{ table: table.name, epsilon, rows: rows.train, columns: media.cols + commerce.cols },
    runs: RUNS,
    wrapped: logits.filter((logit) => logit >= LARGEST_LOGIT).length,
    largest: Math.max(...logits),
  };
  say(
    `${table.name}, epsilon ${epsilon}: ${row.wrapped} of ${RUNS}, at most ${row.largest.toFixed(1)}`,
  );
  return row;
}

const head = measuredNow("wrap", 1);
const measured = await withFolder("wrap", async (folder) => {
  const files = await writePopulation(folder, { seed: "moongate", users: PEOPLE });
  const synthetic = { name: "synthetic, 2,000 people", id: "user_id", labels: CONVERSIONS, files };
  const small = realTables(values.tables).filter(({ name }) => name === "breast-cancer");
  const rows: Row[] = [];
  for (const table of [synthetic, ...small]) {
    for (const epsilon of EPSILONS) rows.push(await measure(table, epsilon));
  }
  return rows;
});

const wrap = [
  `Measured ${measuredOn(head)}: whole noisy trainings on the plaintext twin, which has the real clipping, schedule and sampler; all held-out logits after each of 20 epochs.`,
  "",
  markdown(
    ["table", "ε", "training rows", "columns", "trainings", "with a wrap", "largest logit"],
    measured.map((row) => [
      ...[row.table, String(row.epsilon), number(row.rows), number(row.columns)],
      ...[number(row.runs), number(row.wrapped), number(row.largest, 1)],
    ]),
  ),
].join("\n");
const document: WrapDocument = { ...head, trainings: measured };
if (values.quick) show({ wrap });
else
  await publish(document, {
    "protocols/dp.md": { wrap },
  });
judge(
  measured.map(({ table, epsilon, wrapped }) => ({
    ...{ what: `${table}, epsilon ${epsilon}`, measured: `${wrapped} trainings with a wrap` },
    ...{ target: "none", met: wrapped === 0 },
  })),
);
