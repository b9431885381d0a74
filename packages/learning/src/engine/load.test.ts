import { MoongateError } from "@moongate/errors";
import type { Tensor } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { type Engine, ENGINE_NAMES, type EngineName } from "./engine.ts";
import { type EngineLoader, loadEngine } from "./load.ts";
import { proveGradients } from "./proof.ts";
import { usableEngines } from "./usable.fixture.ts";

const { engines, unusable } = await usableEngines();

describe("loadEngine", () => {
  for (const name of ENGINE_NAMES) {
    it.skipIf(unusable[name] !== undefined)(
      `loads ${name}${unusable[name] === undefined ? "" : `: ${unusable[name]}`}`,
      async () => {
        const engine = await loadEngine({ engine: name });
        expect(engine.name).toBe(name);
        expect(engine.version).toMatch(/^4\./);
        expect(engine).not.toHaveProperty("note");
      },
    );
  }

  it("always has a WASM and a CPU engine", () => {
    expect(engines.map(({ name }) => name)).toEqual(expect.arrayContaining(["wasm", "cpu"]));
  });

  it("adds no listener for uncaught errors", () => {
    const listeners = process.rawListeners("unhandledRejection").map(String);
    expect(listeners.filter((text) => text.includes("throw reason"))).toEqual([]);
  });

  it("switches between the engines of one process", () => {
    for (const engine of [...engines, ...engines]) {
      engine.use();
      expect(engine.tf.tidy(() => engine.tf.add(1, 2).dataSync()[0])).toBe(3);
      expect(engine.tf.getBackend()).toBe(engine.name === "native" ? "tensorflow" : engine.name);
    }
  });

  it("auto takes the first that works, and says what the better one lacks", async () => {
    const engine = await loadEngine({ engine: "auto" }, withOnly("wasm", "cpu"));
    expect(engine.name).toBe("wasm");
    expect(engine.note).toMatch(/wasm engine .*native is broken.*npm run tensorflow/);
  });

  it.each([
    ["Cannot find package '@tensorflow/tfjs-node' imported from /x", "it is not installed"],
    ["The Node.js native addon module (/x) can not be found", "its addon is not compiled"],
  ])("says of %o: %s", async (message, reason) => {
    const load: EngineLoader = (name) =>
      name === "native" ? Promise.reject(new Error(message)) : withOnly("cpu")(name);
    expect((await loadEngine({ engine: "auto" }, load)).note).toContain(`(${reason})`);
  });

  it("auto without a fallback says nothing", async () => {
    expect(await loadEngine({ engine: "auto" }, withOnly("native"))).not.toHaveProperty("note");
  });

  it("refuses an engine asked for that does not load, with the way to get it", async () => {
    const refusal = await refused(loadEngine({ engine: "native" }, withOnly("wasm")));
    expect(refusal.code).toBe("ENGINE_UNAVAILABLE");
    expect(refusal.cure).toContain("npm run tensorflow");
    for (const name of ["native", "cpu"] as const) {
      const { cure } = await refused(loadEngine({ engine: name }, withOnly("wasm")));
      expect(cure).toContain('engine = "auto" in a configuration file');
      expect(cure).toContain("--engine auto");
    }
  });

  it("refuses when none loads", async () => {
    expect((await refused(loadEngine({ engine: "auto" }, withOnly()))).code).toBe(
      "ENGINE_UNAVAILABLE",
    );
  });
});

describe("proveGradients", () => {
  for (const engine of engines) {
    it(`accepts ${engine.name}, and leaves no tensor behind`, () => {
      engine.use();
      const before = engine.tf.memory().numTensors;
      proveGradients(engine);
      expect(engine.tf.memory().numTensors).toBe(before);
    });
  }

  it.each(["tanh", "matMul", "sum", "step", "cos"] as const)(
    "refuses an engine whose %s is slightly off",
    (operation) => {
      const engine = engines.find(({ name }) => name === "cpu") as Engine;
      const { tf } = engine;
      const right = tf[operation] as (...values: unknown[]) => Tensor;
      const wrong = (...values: unknown[]): Tensor => tf.mul(1.01, right(...values));
      expect(() => {
        proveGradients({ ...engine, tf: { ...tf, [operation]: wrong } });
      }).toThrow("off by");
    },
  );

  it("refuses an engine that computes nonsense", () => {
    const engine = engines[0] as Engine;
    const { tf } = engine;
    const nonsense = { ...tf, tanh: (z: Tensor) => tf.fill(z.shape, NaN) } as Engine["tf"];
    expect(() => {
      proveGradients({ ...engine, tf: nonsense });
    }).toThrow("off by NaN");
  });
});

function withOnly(...names: EngineName[]): EngineLoader {
  return (name) =>
    names.includes(name)
      ? Promise.resolve({ ...(engines[0] as Engine), name })
      : Promise.reject(new Error(`${name} is broken.\nand a stack`));
}

async function refused(loading: Promise<Engine>): Promise<MoongateError> {
  const thrown: unknown = await loading.catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(MoongateError);
  return thrown as MoongateError;
}
