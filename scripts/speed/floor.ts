// The least a row can cost, by counting what the operations declare: multiply-adds, integer sines and
// cosines, expanded masks, bytes on the wire, rounds; each at the speed measured for it alone.
import { CostRecorder, maskedTraining, type RecordedRound } from "@moongate/mpc";
import type { BySide } from "../bench/tables.ts";
import { figureOf } from "./kernels.ts";
import type { SpeedReport, TimedModel } from "./report.ts";
import type { LinkSpeed } from "./transport.ts";

/** Harmonics of the sigmoid's series. */
const HARMONICS = 8;
/** Phases of a session that are timed by the row. */
export type TimedPhase = "masking" | "training" | "evaluation";
const PHASES = { mask: "masking", train: "training", score: "evaluation" } as const;

/** Kinds of periodic functions that a row takes. */
type Angle = "forward" | "backward" | "series";

/** What one row takes all three processes together in one phase, in counts. */
export interface Floor {
  readonly multiplyAdds: number;
  readonly angles: Readonly<Partial<Record<Angle, number>>>;
  readonly expandedBytes: number;
  readonly wireBytes: number;
  readonly rounds: number;
}
export type FloorByPhase = Readonly<Record<TimedPhase, Floor>>;

/** How fast each of the things counted goes by itself. */
export interface Speeds {
  readonly multiplyAddsPerSecond: number;
  readonly nanosecondsPerAngle: Readonly<Record<Angle, number>>;
  readonly expandedBytesPerSecond: number;
  readonly wireBytesPerSecond: number;
  readonly roundMicroseconds: number;
}

/** Batches that are counted, so that rounds of several batches are shared by as many rows as they are. */
const BATCHES = 8;

/**
 * What a row of one label costs all three processes together, by phase: the masked program run on a
 * machine that only writes down costs, for a few batches of training rows and as many validation rows.
 */
export async function floorByPhase({
  model,
  hidden,
  batchSize,
  width,
}: {
  readonly model: TimedModel;
  readonly hidden: number;
  readonly batchSize: number;
  readonly width: BySide<number>;
}): Promise<FloorByPhase> {
  const recorder = new CostRecorder();
  const rows = BATCHES * batchSize;
  const recorded: Record<TimedPhase, RecordedRound[]> = {
    masking: [],
    training: [],
    evaluation: [],
  };
  let taken = 0;
  // What is learnt does not matter; a small rate keeps it from running away on so few rows.
  const schedule = { epochs: 1, batchSize, learningRate: 1e-6, weightDecay: 0 };
  const zeros = (cols: number): Float64Array => new Float64Array(2 * rows * cols);
  await maskedTraining(recorder, {
    plan: {
      ...{ seed: "floor", labels: 1, width, rows: { train: rows, validation: rows, test: 0 } },
      model: model === "sine" ? { kind: model, hidden, ...schedule } : { kind: model, ...schedule },
    },
    inputs: {
      features: { media: zeros(width.media), commerce: zeros(width.commerce) },
      labels: new Uint8Array(2 * rows),
    },
    onProgress: (phase) => {
      recorded[PHASES[phase]].push(...recorder.rounds.slice(taken));
      taken = recorder.rounds.length;
    },
  });
  const columns = width.media + width.commerce + 1;
  const units = model === "sine" ? hidden : 1;
  // At both parties and at the dealer, every product with every column.
  const product = 3 * columns * units;
  const layer = model === "sine" ? hidden : 0;
  const counts = {
    masking: { multiplyAdds: 0, angles: {} },
    training: { multiplyAdds: 2 * product, angles: { forward: layer, backward: layer, series: 1 } },
    evaluation: { multiplyAdds: product, angles: { forward: layer } },
  };
  const floor = (phase: TimedPhase): Floor => ({
    ...counts[phase],
    ...perRow(recorded[phase], rows),
  });
  return {
    masking: floor("masking"),
    training: floor("training"),
    evaluation: floor("evaluation"),
  };
}

function perRow(rounds: readonly RecordedRound[], rows: number) {
  const sum = (pick: (cost: RecordedRound[number]["cost"]) => number): number =>
    rounds.flat().reduce((total, { cost }) => total + pick(cost), 0);
  const media = sum((cost) => cost.opened.media);
  const commerce = sum((cost) => cost.opened.commerce);
  const dealt = sum((cost) => cost.dealt);
  return {
    // A mask for each opening and media's share of what is dealt; the dealer expands all of it again.
    expandedBytes: (2 * (media + commerce + dealt)) / rows,
    // Openings cross two hops.
    wireBytes: (2 * (media + commerce) + dealt) / rows,
    rounds: rounds.length / rows,
  };
}

/** The measured speeds that a floor is priced at. */
export function speedsOf({
  kernels,
  streams,
  transport,
}: Pick<SpeedReport, "kernels" | "streams" | "transport">): Speeds {
  const nanoseconds = (name: string): number => figureOf(kernels, name, "nanosecondsPerElement");
  const largest = frame(transport, "websocket", -1);
  return {
    multiplyAddsPerSecond: figureOf(kernels, "multiply 1024x64 by 64x16", "multiplyAddsPerSecond"),
    // Both parties', and the dealer's harmonics and products of masks.
    nanosecondsPerAngle: {
      forward:
        2 * nanoseconds("sine layer of 16, forward, a party") +
        nanoseconds("harmonics K=1") +
        nanoseconds("sine layer of 16, forward, the dealer"),
      backward:
        2 * nanoseconds("sine layer of 16, backward, a party") +
        nanoseconds("sine layer of 16, backward, the dealer"),
      series:
        2 * nanoseconds(`fourier K=${HARMONICS} sines`) + nanoseconds(`harmonics K=${HARMONICS}`),
    },
    expandedBytesPerSecond: streams.gigabytesPerSecond * 1e9,
    // Sealing, the socket, and opening: the largest frames over one hop, there and back.
    wireBytesPerSecond: (1e6 * 2 * largest.bytes) / largest.cpuUs,
    // A frame each way with next to nothing in it, relayed, sealed twice: all ends in one process.
    roundMicroseconds: frame(transport, "inner over websocket relay", 0).cpuUs,
  };
}

/** The speed of a link with its smallest (0) or largest (-1) frames. */
function frame(transport: readonly LinkSpeed[], name: string, place: number): LinkSpeed {
  const sorted = transport
    .filter(({ link }) => link === name)
    .toSorted((a, b) => a.bytes - b.bytes);
  const found = sorted.at(place);
  if (found === undefined) throw new Error(`${name} was not measured`);
  return found;
}

/** Microseconds of CPU a row if nothing but that cost time, at the measured speeds. */
export function floorMicroseconds(floor: Floor, speeds: Speeds) {
  const { forward = 0, backward = 0, series = 0 } = floor.angles;
  const each = speeds.nanosecondsPerAngle;
  const angles = forward * each.forward + backward * each.backward + series * each.series;
  const least = {
    multiplyAdds: (floor.multiplyAdds / speeds.multiplyAddsPerSecond) * 1e6,
    trigonometry: angles / 1000,
    masks: (floor.expandedBytes / speeds.expandedBytesPerSecond) * 1e6,
    wire: (floor.wireBytes / speeds.wireBytesPerSecond) * 1e6,
    rounds: floor.rounds * speeds.roundMicroseconds,
  };
  return { ...least, total: Object.values(least).reduce((total, part) => total + part, 0) };
}
