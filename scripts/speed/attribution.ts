// What the samples of a CPU profile were spent on.
import { kernelNames } from "@moongate/ring";

/** The parts of V8's profile format that are read. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  /** The node on top of the stack at each sample. */
  readonly samples: readonly number[];
  /** Microseconds between samples. */
  readonly timeDeltas: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string };
  readonly children?: readonly number[];
}

export const SPENT_ON = [
  "ring products",
  "trigonometry",
  "other kernels",
  "masks (AES, HMAC)",
  "TLS and sockets",
  "native code, no JavaScript on the stack",
  "garbage collection",
  "other JavaScript",
  "waiting",
] as const;
export type SpentOn = (typeof SPENT_ON)[number];

const PRODUCTS = new Set(["multiply", "multiplyTransposed"]);
const TRIGONOMETRY = new Set([
  ...["harmonics", "fourier"],
  ...["sineForward", "sineBackward", "sineDealForward", "sineDealBackward"],
]);
const NATIVE = new Map<string, SpentOn>([
  ["(idle)", "waiting"],
  ["(garbage collector)", "garbage collection"],
  ["(program)", "native code, no JavaScript on the stack"],
]);
/** The first frame from the top of the stack that one of these fits says what a sample was for. */
const FILES: readonly (readonly [RegExp, SpentOn])[] = [
  [
    /node:internal\/crypto\/(cipher|hash)|mpc\/dist\/(masks|synthetic-masks|rows\/mask-blocks)\.js/,
    "masks (AES, HMAC)",
  ],
  [
    /node:(net|tls|_tls|http|internal\/(js_stream_socket|stream|streams|net|tls))/,
    "TLS and sockets",
  ],
  [/node_modules\/ws\/|packages\/transport\/dist/, "TLS and sockets"],
  [/packages\/[a-z-]+\/dist/, "other JavaScript"],
];

function ofKernel(name = ""): SpentOn {
  if (PRODUCTS.has(name)) return "ring products";
  return TRIGONOMETRY.has(name) ? "trigonometry" : "other kernels";
}

/**
 * Microseconds by what they were spent on, over a whole profile. Samples are taken by the clock:
 * where a process wants a core and has none, that time counts as well.
 */
export async function attribute({
  nodes,
  samples,
  timeDeltas,
}: CpuProfile): Promise<Record<SpentOn, number>> {
  const kernels = await kernelNames();
  const parents = new Map<number, number>();
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  for (const { id, children = [] } of nodes) for (const child of children) parents.set(child, id);

  const whatFor = (id: number): SpentOn => {
    const { functionName = "", url = "" } = frames.get(id) ?? {};
    const native = NATIVE.get(functionName);
    if (native !== undefined) return native;
    if (url.startsWith("wasm:")) return ofKernel(kernels.get(functionName));
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      const file = frames.get(at)?.url ?? "";
      const found = FILES.find(([pattern]) => pattern.test(file));
      if (found !== undefined) return found[1];
    }
    return "other JavaScript";
  };

  const known = new Map<number, SpentOn>();
  const spent = Object.fromEntries(SPENT_ON.map((what) => [what, 0])) as Record<SpentOn, number>;
  samples.forEach((id, at) => {
    const what = known.get(id) ?? whatFor(id);
    known.set(id, what);
    spent[what] += timeDeltas[at] ?? 0;
  });
  return spent;
}
