import { makePlan, type PlanChoices } from "@moongate/messages";
import { type PlainParameter, splitModel } from "../attacks/features/model-layers.ts";
import { ReleasedModel } from "../attacks/features/released-model.ts";
import { matrixOf, named, type View } from "@moongate/views";
import { describe, expect, it } from "vitest";
import { oddTables } from "../session/odd-tables.fixture.ts";
import { sessionHere } from "../session/session-here.ts";
import { featuresOf } from "../suite/truth.ts";
import { fewColumns } from "./few-columns.ts";
import { jointModel } from "./joint-model.ts";

const LABEL = "bought";
const ROWS = 400;

const session = (choices: PlanChoices) =>
  sessionHere({
    plan: makePlan("joint", [LABEL], { seed: "1", ...choices }),
    ...oddTables("1", ROWS, LABEL),
    noiseKey: new Uint8Array(32),
    secrets: "joint model",
  });

/** Rows of a view's own columns from one on, in double precision. */
function columnsFrom(view: View | undefined, first: number) {
  const [tensor] = view === undefined ? [] : named(view, "own/features");
  if (view === undefined || tensor === undefined) throw new Error("the view has no columns");
  const { rows, cols, values } = matrixOf(view, tensor);
  return { rows: rows - first, cols, values: values.slice(first * cols) };
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("there is none");
  return value;
}

describe.each([
  ["masked", "logistic"],
  ["masked", "sine"],
  ["split", "logistic"],
  ["split", "sine"],
  ["split", "relu"],
] as const)("the joint model of a %s %s training", (protocol, kind) => {
  const sizes = kind === "logistic" ? {} : { hidden: 4 };
  const model = { kind, epochs: 3, batchSize: 32, ...sizes } as const;

  it("gives the scores that commerce was told", { timeout: 60_000 }, async () => {
    const scoreNoise = protocol === "masked" ? 0 : undefined;
    const { views, models } = await session({ protocol, model, scoreNoise });
    const commerce = required(views.commerce);
    const { train } = commerce.header.rows;
    const [told] = named(commerce, "scores");
    const scores = matrixOf(commerce, required(told)).values;
    const found = jointModel(models).logits(
      columnsFrom(views.media, train),
      columnsFrom(commerce, train),
    ).values;
    expect(found.length).toBe(scores.length);
    // Under masks logits are of 16 bits, of features of 12 and a trigonometry of few.
    const worst = found.reduce((most, value, at) => {
      return Math.max(most, Math.abs(value - (scores[at] ?? Number.NaN)));
    }, 0);
    expect(worst).toBeLessThan(protocol === "masked" ? 0.02 : 1e-5);
    expect(Math.max(...scores) - Math.min(...scores)).toBeGreaterThan(0.2);
  });
});

it("shares of two models make none", async () => {
  const model = { kind: "logistic", epochs: 1, batchSize: 32 } as const;
  const [one, other] = [await session({ model }), await session({ model, seed: "2" })];
  const mixed = { media: one.models.media, commerce: other.models.commerce };
  expect(() => jointModel(mixed)).toThrow("two models");
});

it("layers of another network make none", () => {
  const layer: PlainParameter = { rows: 3, cols: 2, values: new Float64Array(6) };
  expect(() => splitModel("relu", [layer], [layer, layer])).toThrow(RangeError);
});

it("a table of few columns has those that the model leans on, and its own model's scores", async () => {
  const model = { kind: "logistic", epochs: 3, batchSize: 32 } as const;
  const { views, models } = await session({ model });
  const truth = featuresOf(views.media);
  const leaning = required(jointModel(models).layers[0]).weights.slice();
  leaning.fill(0);
  leaning[1] = 5;
  const given = new ReleasedModel([
    { inputs: 4, outputs: 1, activation: "linear", weights: leaning },
  ]);
  const few = required(await fewColumns(required(views.commerce), { ...truth }, given));
  expect(few.truth.features?.cols).toBe(1);
  const second = [...required(truth.features).values].filter((_, at) => at % 3 === 1);
  expect([...required(few.truth.features).values]).toEqual(second);
  expect(await fewColumns(required(views.commerce), {}, given)).toBeUndefined();
});
