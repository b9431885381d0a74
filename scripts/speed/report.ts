// What bench:speed measures: the shape of docs/benchmarks/speed.json.
import type { Measured } from "../figures/publish.ts";
import type { ByProcess } from "../bench/demo.ts";
import type { BySide } from "../bench/tables.ts";
import type { BatchSizeRun, InFlightRun } from "./batch-sizes.ts";
import type { FloorByPhase, TimedPhase } from "./floor.ts";
import type { KernelFigures } from "./kernels.ts";
import type { EpochAtDelay } from "./latency.ts";
import type { Yardstick } from "./tensorflow.ts";
import type { LinkSpeed } from "./transport.ts";

/** The models whose speed is measured. */
export type TimedModel = "logistic" | "sine";

/** What samples of a CPU profile were spent on, in microseconds a row. */
export type Spent = Readonly<Record<string, number>>;

/** CPU microseconds a row of each process, by phase. */
export type CpuByPhase = Readonly<Record<TimedPhase, ByProcess<number>>>;

/** Several whole demos of one model on the same tables: the median run, and all rates. */
export interface TrainingSpeed {
  readonly model: TimedModel;
  readonly batchSize: number;
  readonly epochs: number;
  /** How numbers are encoded, as `--numbers` says. */
  readonly numbers: string;
  readonly rowsPerSecond: number;
  readonly secondsAnEpoch: number;
  readonly bytesARowAnEpoch: number;
  readonly roundsAStep: number;
  readonly roundsBesideSteps: number;
  readonly maskingSeconds: number;
  readonly alignmentSeconds: number;
  readonly cpuMicrosecondsARow: CpuByPhase;
  readonly width: BySide<number>;
  readonly auc: number | null;
  readonly pooledAuc: number | null;
  readonly allRuns: readonly number[];
  readonly profile: {
    readonly rowsPerSecond: number;
    readonly cpuMicrosecondsARow: ByProcess<number>;
    readonly microsecondsARow: ByProcess<Spent>;
  };
}

export interface SpeedReport extends Measured {
  readonly kernels: KernelFigures;
  readonly streams: { readonly gigabytesPerSecond: number };
  readonly transport: readonly LinkSpeed[];
  readonly training: readonly TrainingSpeed[];
  readonly tensorflow: readonly Yardstick[];
  readonly floor: Readonly<Record<TimedModel, FloorByPhase>>;
  readonly encoded: readonly TrainingSpeed[];
  readonly latency: readonly EpochAtDelay[];
  readonly batchSizes: readonly BatchSizeRun[];
  readonly inFlight: readonly InFlightRun[];
}

/** The entry of a model. @throws Error if it was not measured. */
export function ofModel<Entry extends { readonly model: string }>(
  entries: readonly Entry[],
  model: TimedModel,
): Entry {
  const found = entries.find((entry) => entry.model === model);
  if (found === undefined) throw new Error(`${model} was not measured`);
  return found;
}
