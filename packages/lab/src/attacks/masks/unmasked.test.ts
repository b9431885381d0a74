import { matrixOf, type Tensor, type View } from "@moongate/views";
import { beforeAll, describe, expect, it } from "vitest";
import { type MaskedSession, maskedSession } from "../../testing/masked-session.ts";
import { joinedViews } from "./joined-views.ts";
import { MASKINGS, openingOf } from "./masking.ts";
import { dealerKeys, unmasked } from "./unmasked.ts";

const models = {
  sine: { kind: "sine", hidden: 4, epochs: 2, batchSize: 64 },
  logistic: { kind: "logistic", epochs: 2, batchSize: 64 },
} as const;

/** A view's openings, signed, as numbers. */
const openings = (view: View): { name: string; step: number | null; values: Float64Array }[] =>
  view.tensors
    .filter(({ name }) => openingOf(name) !== undefined)
    .map((tensor) => ({
      name: tensor.name,
      step: tensor.step,
      values: signed(view, tensor),
    }));

const signed = (view: View, tensor: Tensor): Float64Array =>
  matrixOf(view, tensor).values.map((value) => (tensor.element === "u32" ? value | 0 : value));

function unmaskedOf({ views }: MaskedSession, side: "media" | "commerce"): View {
  const keys = dealerKeys(joinedViews(views[side], views.coordinator));
  if (keys === undefined) throw new Error("the coordinator has the keys");
  return unmasked(views[side], keys);
}

describe.each(["sine", "logistic"] as const)("a %s session, unmasked", (kind) => {
  let real: MaskedSession;
  let control: MaskedSession;
  beforeAll(async () => {
    const options = { seed: `unmask ${kind}`, model: models[kind] };
    real = await maskedSession(options);
    control = await maskedSession({ ...options, zeroMasks: true });
  });

  it.each(["media", "commerce"] as const)("is what %s opens without masks", (side) => {
    const found = openings(unmaskedOf(real, side));
    const expected = openings(control.views[side]);
    expect(found.map(({ name }) => name)).toEqual(expected.map(({ name }) => name));
    const seen = new Set<string>();
    found.forEach(({ name, step, values }, at) => {
      const theirs = expected[at]?.values ?? new Float64Array();
      const path = openingOf(name)?.path ?? "";
      // Media's share of the scores depends on masks and hides nothing.
      if (path === "reveal/share" || path === "reveal-within/share") return;
      seen.add(path);
      // The lost carry of an angle is one unit of 2^-32.
      const scale = theirs.reduce((most, value) => Math.max(most, Math.abs(value)), 2 ** 12);
      // Rounding differs with the masks, and differences grow as training goes on.
      values.forEach((value, index) => {
        const off = Math.abs(value - (theirs[index] ?? 0)) / scale;
        expect(off, `${name} of step ${step}`).toBeLessThan(0.2);
      });
    });
    const paths = kind === "sine" ? 8 : 5;
    expect([...seen].filter((path) => path in MASKINGS)).toHaveLength(paths);
  });

  it("is not what was opened", () => {
    const hidden = openings(real.views.media);
    const shown = openings(unmaskedOf(real, "media"));
    const changed = hidden.filter(({ values }, at) => {
      const other = shown[at]?.values ?? values;
      return values.some((value, index) => value !== other[index]);
    });
    expect(changed).toHaveLength(hidden.length);
  });

  it("shows the other's columns to the last bit", () => {
    const view = unmaskedOf(real, "commerce");
    const columns = view.tensors.filter(({ name }) => name === "0:mask-columns/columns");
    const all = columns.flatMap((tensor) => [...signed(view, tensor)]);
    expect(all).toEqual(Array.from(real.features.media, (value) => Math.round(value * 4096)));
  });
});

it("keys are a corrupt coordinator's alone", async () => {
  const { views } = await maskedSession({ seed: "keys", model: models.logistic });
  expect(dealerKeys(views.media)).toBeUndefined();
  expect(dealerKeys(views.commerce)).toBeUndefined();
  expect(dealerKeys(views.coordinator)?.scoring).toHaveLength(3);
});
