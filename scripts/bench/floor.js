// The least a row can cost, by counting what the operations declare: multiply-adds, integer sines and
// cosines, expanded masks, bytes on the wire, rounds; each at the speed measured for it alone.
import { CostRecorder, maskedTraining } from "@moongate/mpc";

/** Harmonics of the sigmoid's series. */
const HARMONICS = 8;
const PHASES = { mask: "masking", train: "training", score: "evaluation" };
const sum = (rounds, pick) => rounds.flat().reduce((total, each) => total + pick(each.cost), 0);

/** Batches that are counted, so that rounds of several batches are shared by as many rows as they are. */
const BATCHES = 8;

/**
 * What a row costs all three processes together, by phase: the masked program run on a machine that
 * only writes down costs, for a few batches of training rows and as many validation rows.
 * @param shape {model, hidden, batchSize, width: {media, commerce}}; one label
 */
export async function floorByPhase({ model, hidden, batchSize, width }) {
  const recorder = new CostRecorder();
  const rows = BATCHES * batchSize;
  const recorded = { masking: [], training: [], evaluation: [] };
  let taken = 0;
  // What is learnt does not matter; a small rate keeps it from running away on so few rows.
  const schedule = { epochs: 1, batchSize, learningRate: 1e-6, weightDecay: 0 };
  const zeros = (cols) => new Float64Array(2 * rows * cols);
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
  return Object.fromEntries(
    Object.entries(recorded).map(([phase, rounds]) => [
      phase,
      { ...counts[phase], ...perRow(rounds, rows) },
    ]),
  );
}

function perRow(rounds, rows) {
  const media = sum(rounds, (cost) => cost.opened.media);
  const commerce = sum(rounds, (cost) => cost.opened.commerce);
  const dealt = sum(rounds, (cost) => cost.dealt);
  return {
    // A mask for each opening and media's share of what is dealt; the dealer expands all of it again.
    expandedBytes: (2 * (media + commerce + dealt)) / rows,
    // Openings cross two hops.
    wireBytes: (2 * (media + commerce) + dealt) / rows,
    rounds: rounds.length / rows,
  };
}

/** The measured speeds that a floor is priced at. */
export function speedsOf({ kernels, streams, transport }) {
  const nanoseconds = (name) => kernels[name].nanosecondsPerElement;
  const largest = frames(transport, "websocket").at(-1);
  return {
    multiplyAddsPerSecond: kernels["multiply 1024x64 by 64x16"].multiplyAddsPerSecond,
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
    roundMicroseconds: frames(transport, "inner over websocket relay")[0].cpuUs,
  };
}

const frames = (transport, name) =>
  transport.filter(({ link }) => link === name).sort((a, b) => a.bytes - b.bytes);

/** Microseconds of CPU a row if nothing but that cost time, at the measured speeds. */
export function floorMicroseconds(floor, speeds) {
  const angles = Object.entries(floor.angles).reduce(
    (total, [which, count]) => total + count * speeds.nanosecondsPerAngle[which],
    0,
  );
  const least = {
    multiplyAdds: (floor.multiplyAdds / speeds.multiplyAddsPerSecond) * 1e6,
    trigonometry: angles / 1000,
    masks: (floor.expandedBytes / speeds.expandedBytesPerSecond) * 1e6,
    wire: (floor.wireBytes / speeds.wireBytesPerSecond) * 1e6,
    rounds: floor.rounds * speeds.roundMicroseconds,
  };
  return { ...least, total: Object.values(least).reduce((total, each) => total + each, 0) };
}
