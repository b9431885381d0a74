import { MoongateError } from "@moongate/errors";
import { BACKENDS, loadBackend } from "./backends.ts";
import { type Engine, ENGINE_NAMES, type EngineChoice, type EngineName } from "./engine.ts";
import { proveGradients } from "./proof.ts";

/** How an engine is loaded and proved: tests put a failing one here. */
export type EngineLoader = (name: EngineName) => Promise<Engine>;

/**
 * The TensorFlow.js engine that was asked for; with `auto`, the first of native, wasm and cpu
 * that loads and proves its gradients, with a note if that is not the native one.
 *
 * @throws ENGINE_UNAVAILABLE if the engine asked for (or every one) does not load or prove itself.
 */
export async function loadEngine(
  options: { readonly engine: EngineChoice },
  load: EngineLoader = provenEngine,
): Promise<Engine> {
  if (options.engine !== "auto") return explicit(options.engine, load);
  let reason: string | undefined;
  for (const name of ENGINE_NAMES) {
    try {
      const engine = await load(name);
      return reason === undefined ? engine : { ...engine, note: noteOf(engine, reason) };
    } catch (thrown) {
      reason ??= reasonOf(thrown);
    }
  }
  throw new MoongateError("ENGINE_UNAVAILABLE", `no TensorFlow.js engine works here: ${reason}`);
}

const REINSTALL =
  "Install again with `npm ci`; or let Moongate choose: " +
  'engine = "auto" in a configuration file, --engine auto on the command line.';

async function explicit(name: EngineName, load: EngineLoader): Promise<Engine> {
  try {
    return await load(name);
  } catch (thrown) {
    const cause = `the TensorFlow.js engine ${name} does not work here: ${reasonOf(thrown)}`;
    throw new MoongateError("ENGINE_UNAVAILABLE", cause, {
      cause: thrown,
      ...(name === "native" ? {} : { cure: REINSTALL }),
    });
  }
}

const proven = new Map<EngineName, Promise<Engine>>();

/** Loads and proves an engine; once a process, since a backend stays registered. */
function provenEngine(name: EngineName): Promise<Engine> {
  const known = proven.get(name) ?? prove(name);
  proven.set(name, known);
  return known;
}

async function prove(name: EngineName): Promise<Engine> {
  const tf = await loadBackend(name);
  const use = (): void => {
    // Settled at once: the backend is initialised.
    if (tf.getBackend() !== BACKENDS[name]) void tf.setBackend(BACKENDS[name]);
  };
  const engine = { name, version: tf.version_core, tf, use };
  proveGradients(engine);
  return engine;
}

function noteOf(engine: Engine, reason: string): string {
  return `learning runs on the ${engine.name} engine (${reason}); \`npm run tensorflow\` installs the native one`;
}

/** Why an engine does not work, without the paths that Node and tfjs-node would name. */
function reasonOf(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  const [line = ""] = text.split("\n");
  if (line.startsWith("Cannot find")) return "it is not installed";
  if (line.includes("native addon module")) return "its addon is not compiled";
  return line.replace(/\.$/, "");
}
