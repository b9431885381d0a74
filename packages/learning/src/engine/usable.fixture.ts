import { asMoongateError } from "@moongate/errors";
import { type Engine, ENGINE_NAMES, type EngineName } from "./engine.ts";
import { loadEngine } from "./load.ts";

/** The engines of this machine, and for the others why they cannot be tested here. */
export async function usableEngines(): Promise<{
  readonly engines: readonly Engine[];
  readonly unusable: Readonly<Partial<Record<EngineName, string>>>;
}> {
  const engines: Engine[] = [];
  const unusable: Partial<Record<EngineName, string>> = {};
  for (const name of ENGINE_NAMES) {
    try {
      engines.push(await loadEngine({ engine: name }));
    } catch (thrown) {
      unusable[name] = asMoongateError(thrown).message;
    }
  }
  return { engines, unusable };
}
