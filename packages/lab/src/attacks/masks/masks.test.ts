import { beforeAll, describe, expect, it } from "vitest";
import { maskedSession, type MaskedSession } from "../../testing/masked-session.ts";
import type { AttackResult, Truth } from "../attack.ts";
import { collusionByOtherMeans, collusionOnFeatures, collusionOnLabels } from "./collusion.ts";
import { curiousCoordinator } from "./curious-coordinator.ts";
import { joinedViews } from "./joined-views.ts";
import { columnStretches, openingOf } from "./masking.ts";
import { openedColumns } from "./opened-columns.ts";

const options = { seed: "1" };
const model = { kind: "sine", hidden: 4, epochs: 4, batchSize: 64 } as const;
const containsHalf = ({ leak }: AttackResult): boolean => {
  const [low, high] = leak?.interval ?? [1, 1];
  return low <= 0.5 && high >= 0.5;
};

describe.each(["sine", "logistic"] as const)("a masked %s session", (kind) => {
  let real: MaskedSession;
  let control: MaskedSession;
  let labels: Truth;
  let features: Truth;
  beforeAll(async () => {
    const of = {
      seed: `a masked ${kind}`,
      model: kind === "sine" ? model : ({ kind, epochs: 4, batchSize: 64 } as const),
    };
    real = await maskedSession(of);
    control = await maskedSession({ ...of, zeroMasks: true });
    labels = { labels: { values: real.labels, names: ["bought"] } };
    features = { features: { values: real.features.media, cols: real.width.media } };
  });

  it("falls to a coordinator that colludes with media: labels", async () => {
    const view = joinedViews(real.views.media, real.views.coordinator);
    const result = await collusionOnLabels.run(view, labels, options);
    expect(result.about.adversary).toBe("coordinator+media");
    expect(result.leak?.mean).toBe(1);
  });

  it("falls to a coordinator that colludes with commerce: features", async () => {
    const view = joinedViews(real.views.commerce, real.views.coordinator);
    const result = await collusionOnFeatures("commerce").run(view, features, options);
    expect(result.leak?.mean).toBe(1);
    expect(result.details?.mse).toBeLessThan(1e-6);
  });

  it("falls to a coordinator that colludes with media: commerce's columns", async () => {
    const view = joinedViews(real.views.media, real.views.coordinator);
    const theirs = { features: { values: real.features.commerce, cols: real.width.commerce } };
    const result = await collusionOnFeatures("media").run(view, theirs, options);
    expect(result.about.adversary).toBe("coordinator+media");
    expect(result.leak?.mean).toBe(1);
    expect(result.details?.mse).toBeLessThan(1e-6);
  });

  it("falls by the lengths of what lies bare for a row as well", async () => {
    const view = joinedViews(real.views.media, real.views.coordinator);
    const byName = (name: string) => collusionByOtherMeans.find(({ about }) => about.name === name);
    const lengths = await byName("collusion-norm")?.run(view, labels, options);
    expect(lengths?.leak?.mean).toBeGreaterThan(0.8);
    const honest = await byName("collusion-norm")?.run(real.views.media, labels, options);
    expect(honest?.applicable).toBe(false);
  });

  it("needs the collusion", async () => {
    const onFeatures = (["media", "commerce"] as const).map(collusionOnFeatures);
    for (const attack of [collusionOnLabels, ...onFeatures, ...collusionByOtherMeans]) {
      for (const view of [real.views.media, real.views.commerce, real.views.coordinator]) {
        expect((await attack.run(view, labels, options)).applicable).toBe(false);
      }
    }
  });

  it("tells the coordinator alone nothing", async () => {
    const result = await curiousCoordinator.run(real.views.coordinator, labels, options);
    expect(result.applicable).toBe(true);
    expect(containsHalf(result)).toBe(true);
  });

  it("sends columns that say nothing, but without masks (control) are the table", async () => {
    const masked = await openedColumns.run(real.views.commerce, features, options);
    expect(containsHalf(masked)).toBe(true);
    expect(masked.details?.r2).toBe(0);
    const bare = await openedColumns.run(control.views.commerce, features, options);
    expect(bare.leak?.mean).toBe(1);
    expect(bare.details?.r2).toBeGreaterThan(0.999);
    const theirs = { features: { values: real.features.commerce, cols: real.width.commerce } };
    const atMedia = await openedColumns.run(control.views.media, theirs, options);
    expect(atMedia.details?.r2).toBeGreaterThan(0.999);
  });
});

it("columns take as many steps as are counted beforehand", async () => {
  const rows = { train: 6000, validation: 0, test: 0 };
  const width = { media: 3, commerce: 60 };
  const { views } = await maskedSession({
    ...{ seed: "stretches", rows, width },
    model: { kind: "logistic", epochs: 1, batchSize: 2048 },
  });
  const stretches = views.media.tensors.filter(
    ({ name, step }) => step === null && openingOf(name)?.operation === "mask-columns",
  );
  expect(stretches.length).toBe(columnStretches(rows.train, width));
  expect(stretches.length).toBeGreaterThan(1);
});
