// What the samples of a CPU profile were spent on.
import { KERNELS_BASE64 } from "../../packages/ring/dist/generated/kernels.js";

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
];

const PRODUCTS = new Set(["multiply", "multiplyTransposed"]);
const TRIGONOMETRY = new Set([
  ...["harmonics", "fourier"],
  ...["sineForward", "sineBackward", "sineDealForward", "sineDealBackward"],
]);
const NATIVE = new Map([
  ["(idle)", "waiting"],
  ["(garbage collector)", "garbage collection"],
  ["(program)", "native code, no JavaScript on the stack"],
]);
/** The first frame from the top of the stack that one of these fits says what a sample was for. */
const FILES = [
  [
    /node:internal\/crypto\/(cipher|hash)|mpc\/dist\/(masks|synthetic-masks|rows\/mask-blocks)\.js/,
    3,
  ],
  [/node:(net|tls|_tls|http|internal\/(js_stream_socket|stream|streams|net|tls))/, 4],
  [/node_modules\/ws\/|packages\/transport\/dist/, 4],
  [/packages\/[a-z-]+\/dist/, 7],
];

/**
 * V8 calls the functions of a module without names wasm-function[i]; an exported function's own
 * name is its index in the module.
 */
async function kernelNames() {
  const module = await WebAssembly.compile(Buffer.from(KERNELS_BASE64, "base64"));
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  return new Map(
    Object.entries(exports)
      .filter(([, value]) => typeof value === "function")
      .map(([name, value]) => [`wasm-function[${value.name}]`, name]),
  );
}

function ofKernel(name) {
  if (PRODUCTS.has(name)) return "ring products";
  return TRIGONOMETRY.has(name) ? "trigonometry" : "other kernels";
}

/**
 * Microseconds by what they were spent on, of a whole profile (V8's format). Samples are taken by
 * the clock: where a process wants a core and has none, that time counts as well.
 * @returns {Promise<Record<string, number>>} every key of SPENT_ON
 */
export async function attribute({ nodes, samples, timeDeltas }) {
  const kernels = await kernelNames();
  const parents = new Map();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  for (const { id, children = [] } of nodes) for (const child of children) parents.set(child, id);

  const whatFor = (id) => {
    const { functionName, url } = byId.get(id).callFrame;
    if (NATIVE.has(functionName)) return NATIVE.get(functionName);
    if (url.startsWith("wasm:")) return ofKernel(kernels.get(functionName));
    for (let at = id; at !== undefined; at = parents.get(at)) {
      const file = byId.get(at).callFrame.url;
      const found = FILES.find(([pattern]) => pattern.test(file));
      if (found !== undefined) return SPENT_ON[found[1]];
    }
    return "other JavaScript";
  };

  const known = new Map();
  const spent = Object.fromEntries(SPENT_ON.map((what) => [what, 0]));
  samples.forEach((id, at) => {
    if (!known.has(id)) known.set(id, whatFor(id));
    spent[known.get(id)] += timeDeltas[at];
  });
  return spent;
}
