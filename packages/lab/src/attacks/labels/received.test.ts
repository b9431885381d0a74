import { makePlan } from "@moongate/messages";
import { MemoryView } from "@moongate/views";
import { expect, it } from "vitest";
import { stepsOf } from "../steps.ts";
import { receivedTensors } from "./run.ts";

it("a tensor of weights is not per row because the last batch happens to divide it", () => {
  const view = new MemoryView({
    process: "media",
    plan: makePlan("lab", ["bought"], { model: { kind: "logistic" } }),
    rows: { train: 6, validation: 1, test: 1 },
    width: { media: 1, commerce: 1 },
  });
  const add = (name: string, step: number, rows: number, source: "public" | "opened"): void => {
    const words = new Uint32Array(rows);
    const shape = { name, source, step, rows, cols: 1, element: "u32" } as const;
    view.add(shape, new Uint8Array(words.buffer));
  };
  [4, 2].forEach((size, step) => {
    add("batch", step, size, "public");
    add("0:periodic/angle", step, size, "opened");
    add("1:truncate/value", step, 6, "opened");
  });
  expect(receivedTensors(stepsOf(view))).toEqual(["0:periodic/angle"]);
});
