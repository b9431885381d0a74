// The three tables every model is measured on: the synthetic population of the demo, and two real
// ones where their folder is. Prepared once for a seed, then trained in the clear as often as asked.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { CONVERSIONS, OWN_LABELS, WIDE_TOPICS, writePopulation } from "@moongate/data";
import {
  aucByLabel,
  makePlan,
  partyConfigShape,
  pooledRows,
  trainTwin,
} from "@moongate/federation";
import { loadPartyData } from "@moongate/party-data";

export const REAL_TABLES = fileURLToPath(new URL("../../../shared/data", import.meta.url));
/** The population `moongate demo` writes where it finds none. */
const DEFAULT_POPULATION = { seed: "moongate", topics: WIDE_TOPICS };
const SIDES = ["media", "commerce"];

/** The demo's own population, written into a folder of the benchmark's. */
export async function syntheticTable(folder) {
  const files = await writePopulation(join(folder, "data", "synthetic"), DEFAULT_POPULATION);
  return {
    name: "synthetic population",
    labels: CONVERSIONS,
    own: OWN_LABELS,
    id: "user_id",
    files,
  };
}

/** Those of the real tables that are there; of the others a line on standard error says so. */
export function realTables(data = REAL_TABLES) {
  const known = [
    { name: "online-shoppers", id: "session_id", labels: ["Revenue"] },
    { name: "breast-cancer", id: "id", labels: ["y"] },
  ];
  return known.flatMap((table) => {
    const file = (side) => join(resolve(data), table.name, `${side}.csv`);
    if (existsSync(file("media"))) {
      return [{ ...table, files: { media: file("media"), commerce: file("commerce") } }];
    }
    process.stderr.write(`SKIPPED: ${table.name}, which is not in ${data}\n`);
    return [];
  });
}

/** Both parties' prepared rows in the clear, as a session of that seed would have them. */
export async function preparedRows(table, seed) {
  const plan = makePlan("bench", table.labels, { seed });
  const load = (side) => {
    const objective = table.own === undefined ? [] : [table.own[side]];
    const config = partyConfigShape.data.parse({
      file: table.files[side],
      id: table.id,
      objective,
    });
    return loadPartyData(config, side === "commerce" ? { labels: table.labels } : {});
  };
  const [media, commerce] = await Promise.all(SIDES.map(load));
  const joint = await pooledRows({ plan, media, commerce });
  const all = joint.labels.length / table.labels.length;
  const once = ({ cols, rows }) => {
    const values = rows(0, all);
    return { cols, rows: (from, to) => values.subarray(from * cols, to * cols) };
  };
  return { plan, joint: { ...joint, media: once(joint.media), commerce: once(joint.commerce) } };
}

/** Mean AUC over labels of the plaintext twin with these choices of the plan's model. */
export async function twinAuc({ plan, joint }, model) {
  const chosen = makePlan("bench", plan.labels, { seed: plan.seed, model });
  const { rows, labels, media, commerce } = joint;
  const scores = await trainTwin(chosen, rows, { media, commerce }, labels);
  return meanAuc(aucByLabel(plan.labels, labels, rows, scores));
}

/** Mean over labels. */
export function meanAuc(byLabel) {
  const all = Object.values(byLabel);
  const mean = (part) => all.reduce((sum, value) => sum + value[part], 0) / all.length;
  return { validation: mean("validation"), test: mean("test") };
}
