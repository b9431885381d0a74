import type { EngineName, Tf } from "./engine.ts";

/** What tfjs-core calls the engines. */
export const BACKENDS: Readonly<Record<EngineName, string>> = {
  native: "tensorflow",
  wasm: "wasm",
  cpu: "cpu",
};

/** @tensorflow/tfjs-node 4.22 calls functions of node:util that Node 23 removed. */
const NATIVE_LAST_NODE = 22;

/**
 * Loads one backend and makes it current. Everything is imported on demand: who does not learn
 * does not pay.
 *
 * @throws whatever the backend throws when it is not installed or does not run here.
 */
export async function loadBackend(name: EngineName): Promise<Tf> {
  if (name === "native") await registerNative();
  const tf = await import("@tensorflow/tfjs-core");
  tf.enableProdMode(); // also silences the banner that recommends another backend
  if (name === "wasm") await withoutNewListeners(() => registerWasm(tf));
  if (name === "cpu") await import("@tensorflow/tfjs-backend-cpu");
  if (!(await tf.setBackend(BACKENDS[name]))) {
    throw new Error(`the backend ${BACKENDS[name]} does not start`);
  }
  return tf;
}

async function registerNative(): Promise<void> {
  const [major = ""] = process.versions.node.split(".");
  if (Number(major) > NATIVE_LAST_NODE) {
    throw new Error(`native TensorFlow.js runs on Node 20 and 22, this is Node ${major}`);
  }
  // libtensorflow writes to standard error by itself. Without oneDNN's reordered sums, moreover,
  // one seed gives the same figures on every processor.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
  process.env.TF_ENABLE_ONEDNN_OPTS ??= "0";
  await import("@tensorflow/tfjs-node");
}

async function registerWasm(tf: Tf): Promise<void> {
  await import("@tensorflow/tfjs-backend-wasm");
  await tf.setBackend(BACKENDS.wasm);
}

/** Emscripten listens to the process's uncaught errors; how those end is not its business. */
async function withoutNewListeners(load: () => Promise<void>): Promise<void> {
  const events = ["uncaughtException", "unhandledRejection"];
  const before = events.map((event) => new Set(process.rawListeners(event)));
  await load();
  events.forEach((event, index) => {
    for (const listener of process.rawListeners(event)) {
      if (before[index]?.has(listener) !== true) {
        process.removeListener(event, listener as (...values: unknown[]) => void);
      }
    }
  });
}
