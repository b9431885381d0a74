import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ResultDocument } from "@moongate/results";
import { type ByProcess, demo, PROCESSES } from "../bench/demo.ts";
import type { BySide } from "../bench/tables.ts";
import { median } from "../figures/statistics.ts";
import { withFolder } from "../folder.ts";
import { attribute, type CpuProfile } from "./attribution.ts";
import type { TimedPhase } from "./floor.ts";
import type { CpuByPhase, Spent, TimedModel, TrainingSpeed } from "./report.ts";

const PROFILER = new URL("profiler.js", import.meta.url).href;

export interface TrainingChoices {
  readonly model: TimedModel;
  readonly epochs: number;
  readonly batchSize: number;
  readonly numbers: string;
  readonly repeats: number;
}

/**
 * Trains `repeats` times by whole demos and reports the median run. A demo of one epoch tells what
 * everything but the steps costs: rounds and bytes of a step are what the other epochs add. One
 * more run is profiled.
 */
export async function benchTraining(
  files: BySide<string>,
  { model, epochs, batchSize, numbers, repeats }: TrainingChoices,
): Promise<TrainingSpeed> {
  const options = (passes: number): string[] => [
    ...["--media", files.media, "--commerce", files.commerce, "--id", "id", "--label", "y"],
    ...["--numbers", numbers, "--model", model, "--epochs", String(passes)],
    ...["--batch-size", String(batchSize)],
  ];
  const once = await demo(options(1));
  const runs = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    runs.push(speedOf(await demo(options(epochs)), once, epochs));
  }
  const { result, spent } = await profiledDemo(options(epochs));
  const visited = result.rows.train * epochs;
  const rates = runs.map(({ rowsPerSecond }) => rowsPerSecond);
  const typical = runs.find(({ rowsPerSecond }) => rowsPerSecond === median(rates));
  if (typical === undefined) throw new Error("training is measured at least once");
  return {
    ...{ model, batchSize, epochs, numbers },
    ...typical,
    allRuns: rates,
    profile: {
      rowsPerSecond: Math.round(visited / phaseSeconds(result, "training")),
      cpuMicrosecondsARow: cpuByPhase(result, epochs).training,
      microsecondsARow: byProcess((process) => perRow(spent[process], visited)),
    },
  };
}

/** One run beside a run of a single epoch. */
function speedOf(result: ResultDocument, once: ResultDocument, epochs: number) {
  const { rows, traffic, auc, width } = result;
  const visited = rows.train * epochs;
  const steps = traffic.steps - once.traffic.steps;
  const roundsAStep = whole((traffic.rounds - once.traffic.rounds) / steps);
  const bytes = traffic.bytes - once.traffic.bytes;
  const label = Object.values(auc).at(0);
  return {
    rowsPerSecond: Math.round(visited / phaseSeconds(result, "training")),
    secondsAnEpoch: phaseSeconds(result, "training") / epochs,
    bytesARowAnEpoch: Math.round(bytes / (rows.train * (epochs - 1))),
    roundsAStep,
    roundsBesideSteps: traffic.rounds - traffic.steps * roundsAStep,
    maskingSeconds: phaseSeconds(result, "masking"),
    alignmentSeconds: phaseSeconds(result, "alignment"),
    cpuMicrosecondsARow: cpuByPhase(result, epochs),
    width,
    auc: label?.federated ?? null,
    pooledAuc: label?.pooled ?? null,
  };
}

/** A demo's result, and by process the microseconds of its training by what they were spent on. */
function profiledDemo(
  options: readonly string[],
): Promise<{ readonly result: ResultDocument; readonly spent: ByProcess<Spent> }> {
  return withFolder("profiles", async (folder) => {
    const env = { NODE_OPTIONS: `--import ${PROFILER}`, MOONGATE_PROFILES: folder };
    const result = await demo(options, { env });
    const profiled = async (process: string): Promise<Spent> =>
      attribute(JSON.parse(await readFile(join(folder, `${process}.json`), "utf8")) as CpuProfile);
    const [coordinator, media, commerce] = await Promise.all([
      profiled("coordinator"),
      profiled("media"),
      profiled("commerce"),
    ]);
    return { result, spent: { coordinator, media, commerce } };
  });
}

/** CPU microseconds a row of each process, by phase. */
function cpuByPhase(result: ResultDocument, epochs: number): CpuByPhase {
  const { train, validation, test } = result.rows;
  const rows: Record<TimedPhase, number> = {
    masking: train,
    training: train * epochs,
    evaluation: validation + test,
  };
  const spent = (phase: TimedPhase): ByProcess<number> =>
    byProcess((process) => (1e6 * (result.cpuSeconds[process][phase] ?? NaN)) / rows[phase]);
  return {
    masking: spent("masking"),
    training: spent("training"),
    evaluation: spent("evaluation"),
  };
}

function byProcess<Value>(value: (process: (typeof PROCESSES)[number]) => Value): ByProcess<Value> {
  return { coordinator: value("coordinator"), media: value("media"), commerce: value("commerce") };
}

function perRow(spent: Spent, rows: number): Spent {
  return Object.fromEntries(Object.entries(spent).map(([what, time]) => [what, time / rows]));
}

/** @throws Error if the result has no such phase. */
export function phaseSeconds({ seconds }: ResultDocument, phase: string): number {
  const found = seconds[phase];
  if (found === undefined) throw new Error(`the result says nothing of ${phase}`);
  return found;
}

function whole(rounds: number): number {
  if (!Number.isInteger(rounds)) throw new Error(`a step takes ${rounds} rounds, no whole number`);
  return rounds;
}
