// Micro-benchmark of the ring's kernels on one core.
import { randomFillSync } from "node:crypto";
import { type Matrix, Ring, type Words } from "@moongate/ring";

/** The units that a kernel's speed is told in. */
export type SpeedUnit = "multiplyAddsPerSecond" | "nanosecondsPerElement" | "gigabytesPerSecond";
/** A figure for each kernel and shape, under the name of its unit. */
export type KernelFigures = Readonly<Record<string, Readonly<Partial<Record<SpeedUnit, number>>>>>;

/** The figure of a kernel in a unit. @throws Error if it was not measured. */
export function figureOf(figures: KernelFigures, kernel: string, unit: SpeedUnit): number {
  const figure = figures[kernel]?.[unit];
  if (figure === undefined) throw new Error(`${kernel} was not measured in ${unit}`);
  return figure;
}

/** Seconds a call: the best of several runs, after the engine's optimising compiler took over. */
function secondsPerCall(run: () => void): number {
  const until = (milliseconds: number): number => {
    const start = performance.now();
    let calls = 0;
    let elapsed = 0;
    while (elapsed < milliseconds) {
      run();
      calls += 1;
      elapsed = performance.now() - start;
    }
    return elapsed / 1000 / calls;
  };
  until(100);
  return Math.min(...Array.from({ length: 5 }, () => until(40)));
}

function random(ring: Ring, rows: number, cols: number): Matrix {
  const matrix = ring.matrix(rows, cols);
  randomFillSync(matrix.bytes());
  return matrix;
}

function randomWords(ring: Ring, length: number): Words {
  const words = ring.words(length);
  randomFillSync(words.bytes());
  return words;
}

/** A random subset of the rows 0 to `of`. */
function randomRows(ring: Ring, length: number, of: number): Words {
  const rows = randomWords(ring, length);
  rows.words().forEach((word, i, all) => {
    all[i] = word % of;
  });
  return rows;
}

/** Products of a random 1024 of 8192 rows, as in training. */
function benchProducts(ring: Ring, d: number, k: number): KernelFigures {
  const n = 1024;
  const a = random(ring, 8 * n, d);
  const rows = randomRows(ring, n, 8 * n);
  const [b, out] = [random(ring, d, k), ring.matrix(n, k)];
  const [e, gradient] = [random(ring, n, k), ring.matrix(d, k)];
  const rate = (seconds: number) => ({ multiplyAddsPerSecond: Math.round((n * d * k) / seconds) });
  const plain = secondsPerCall(() => ring.multiply(out, a, b, { rows }));
  const transposed = secondsPerCall(() => ring.multiplyTransposed(gradient, a, e, { rows }));
  return {
    [`multiply ${n}x${d} by ${d}x${k}`]: rate(plain),
    [`multiplyTransposed ${d}x${n} by ${n}x${k}`]: rate(transposed),
  };
}

function benchTrigonometry(ring: Ring, K: number): KernelFigures {
  const n = 4096;
  const angle = randomWords(ring, n);
  const [dealt, out] = [random(ring, 2 * K, n), ring.matrix(n, 1)];
  const [sine, none] = [new Float64Array(K).fill(0.3), new Float64Array(K)];
  const nanoseconds = (seconds: number) => ({
    nanosecondsPerElement: Math.round((seconds / n) * 1e11) / 100,
  });
  const odd = secondsPerCall(() => ring.fourier(out, angle, dealt, sine, none, 10));
  const general = secondsPerCall(() => ring.fourier(out, angle, dealt, sine, sine, 10));
  const harmonics = secondsPerCall(() => ring.harmonics(dealt, angle, 10));
  return {
    [`fourier K=${K} sines`]: nanoseconds(odd),
    [`fourier K=${K} sines and cosines`]: nanoseconds(general),
    [`harmonics K=${K}`]: nanoseconds(harmonics),
  };
}

/** A sine layer with one output, at a party (both rounds) and at the dealer (its products of masks). */
function benchSineLayer(ring: Ring, h: number): KernelFigures {
  const n = 1024;
  const parts = {
    angle: randomWords(ring, n * h),
    ...{ harmonics: random(ring, 2, n * h), harmonicsBeta: random(ring, 2, n * h) },
    ...{ harmonicsEta: random(ring, 2, n * h), harmonicsBetaEta: random(ring, 2, n * h) },
    ...{ omega: random(ring, h, 1), epsilon: random(ring, n, 1) },
  };
  const [beta, eta] = [random(ring, h, 1), random(ring, n, 1)];
  const activation = ring.matrix(n, h);
  const forwardOut = { activation, output: ring.matrix(n, 1) };
  const backwardOut = { gradient: ring.matrix(h, 1), hidden: ring.matrix(n, h) };
  const dealt = { harmonicsEta: ring.matrix(2, n * h), harmonicsBetaEta: ring.matrix(2, n * h) };
  const dealtForward = ring.matrix(2, n * h);
  const { harmonics } = parts;
  const seconds = {
    "forward, a party": secondsPerCall(() => {
      ring.sineForward(forwardOut, parts, 10);
    }),
    "backward, a party": secondsPerCall(() => {
      ring.sineBackward(backwardOut, { ...parts, activation }, { forward: 10, backward: 5 });
    }),
    "forward, the dealer": secondsPerCall(() =>
      ring.sineDealForward(dealtForward, harmonics, beta),
    ),
    "backward, the dealer": secondsPerCall(() => {
      ring.sineDealBackward(dealt, { harmonics, beta, eta });
    }),
  };
  return Object.fromEntries(
    Object.entries(seconds).map(([what, time]) => [
      `sine layer of ${h}, ${what}`,
      { nanosecondsPerElement: Math.round((time / (n * h)) * 1e11) / 100 },
    ]),
  );
}

/** Bytes read and written a second. */
function benchAdd(ring: Ring, words: number, name: string): KernelFigures {
  const [a, b, out] = [random(ring, 1, words), random(ring, 1, words), ring.matrix(1, words)];
  const seconds = secondsPerCall(() => ring.add(out, a, b));
  return {
    [`add ${name}`]: { gigabytesPerSecond: Math.round((24 * words) / seconds / 1e7) / 100 },
  };
}

/** Measures every kernel of the ring on one core. */
export async function benchKernels(): Promise<KernelFigures> {
  const ring = await Ring.create();
  const shapes = [
    [32, 1],
    [32, 3],
    [32, 16],
    [64, 16],
    [64, 32],
  ] as const;
  const figures = [
    ...shapes.map(([d, k]) => benchProducts(ring, d, k)),
    ...[1, 8].map((K) => benchTrigonometry(ring, K)),
    benchSineLayer(ring, 16),
    benchAdd(ring, 1024, "in cache (1024 words)"),
    benchAdd(ring, 2 ** 21, "in memory (2M words)"),
  ];
  return Object.fromEntries(figures.flatMap((figure) => Object.entries(figure)));
}
