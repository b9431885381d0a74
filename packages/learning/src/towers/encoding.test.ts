import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Activation, type DenseLayer, forTanh, startLayers } from "../networks/layers.ts";
import { PLAIN_ACTIVATIONS } from "../networks/plain.ts";
import { normals } from "../networks/seeded.ts";
import { decodeTower, encodeTower } from "./encoding.ts";
import { plainTower, type TowerState } from "./tower.ts";

const activations = Object.keys(PLAIN_ACTIVATIONS) as Activation[];

/** Any small tower. */
const towers = fc
  .record({
    cols: fc.integer({ min: 1, max: 6 }),
    hidden: fc.array(
      fc.record({
        outputs: fc.integer({ min: 1, max: 6 }),
        activation: fc.constantFrom(...activations),
      }),
      { maxLength: 2 },
    ),
    width: fc.integer({ min: 1, max: 4 }),
    objective: fc.constantFrom("labels", "reconstruction", "both"),
    loss: fc.double({ min: 0, max: 10, noNaN: true }),
    seed: fc.string(),
  })
  .map(({ cols, hidden, width, objective, loss, seed }): TowerState => {
    const plans = [...hidden, { outputs: width, activation: "tanh" as const }];
    const encoder: readonly DenseLayer[] = startLayers(
      cols,
      plans.map((plan) => ({ ...plan, spread: forTanh, randomBias: true })),
      seed,
    );
    return {
      objective,
      encoder,
      standardisation: { mean: normals(`${seed} mean`, width), scale: normals(seed, width) },
      training: { epochs: 7, bestEpoch: 4, validationLoss: loss },
    };
  });

const one = fc.sample(towers, { numRuns: 1, seed: 1 })[0] as TowerState;
const refused = expect.objectContaining({ code: "TOWER_INVALID" }) as Error;

describe("a tower as bytes", () => {
  it("comes back as it was, embeds bit for bit alike, and has the same bytes again", () => {
    fc.assert(
      fc.property(towers, (state) => {
        const bytes = encodeTower(state);
        const again = decodeTower(bytes);
        expect(again).toEqual(state);
        const rows = normals("rows", 3 * (state.encoder[0]?.inputs ?? 0));
        expect(plainTower(again).embed(rows)).toEqual(plainTower(state).embed(rows));
        expect(encodeTower(again).equals(bytes)).toBe(true);
      }),
    );
  });

  it("is refused cut short anywhere, and with anything after its end", () => {
    fc.assert(
      fc.property(towers, fc.double({ min: 0, max: 1, noNaN: true }), (state, share) => {
        const bytes = encodeTower(state);
        const cut = Math.min(bytes.length - 1, Math.floor(share * bytes.length));
        expect(() => decodeTower(bytes.subarray(0, cut))).toThrow(refused);
        expect(() => decodeTower(Buffer.concat([bytes, Buffer.alloc(cut + 1)]))).toThrow(refused);
      }),
    );
  });

  it.each([
    ["another version", /tower 1/, "tower 2", "another version"],
    ["another kind", /moongate/, "sungate_", "not a local model"],
    ["no lines at all", /^[^]*$/, "nothing", "not a local model"],
    ["other shapes", /"outputs":\d+/, '"outputs":91', "describes"],
    ["a negative shape", /"outputs":\d/, '"outputs":-1', "describes"],
    ["no layers", /"layers":\[.*?\]/, '"layers":[]', "describes"],
    ["an unknown activation", /"tanh"/, '"tahn"', "describes"],
    ["a header that is not JSON", /\{/, "[", "describes"],
  ])("is refused with %s", (_what, part, by, words) => {
    const text = encodeTower(one).toString("latin1");
    const changed = text.replace(part, by);
    expect(changed).not.toBe(text);
    const decoding = (): unknown => decodeTower(Buffer.from(changed, "latin1"));
    expect(decoding).toThrow(refused);
    expect(decoding).toThrow(words);
  });
});
