import { KERNELS_BASE64 } from "./generated/kernels.ts";
import { wasm } from "./webassembly.ts";

/**
 * Names of the kernels by the names that V8 gives their functions in CPU profiles,
 * `wasm-function[i]`: an exported function's own name is its index in the module.
 */
export async function kernelNames(): Promise<ReadonlyMap<string, string>> {
  const bytes = Uint8Array.from(atob(KERNELS_BASE64), (char) => char.charCodeAt(0));
  const memory = new wasm.Memory({ initial: 1, maximum: 1 });
  const { exports } = await wasm.instantiate(await wasm.compile(bytes), { env: { memory } });
  return new Map(
    Object.entries(exports as Readonly<Record<string, unknown>>).flatMap(([name, value]) =>
      typeof value === "function" ? [[`wasm-function[${value.name}]`, name]] : [],
    ),
  );
}
