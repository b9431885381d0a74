import { describe, expect, it } from "vitest";
import { arrangedLabels, labelColumn } from "./labels.ts";

const table = { a: Uint8Array.of(0, 1, 0, 1), b: Uint8Array.of(1, 1, 0, 0) };

describe("labels", () => {
  it("come in the plan's columns and the arranged order", () => {
    const labels = arrangedLabels(table, ["b", "a"], Uint32Array.of(3, 0));
    expect([...labels]).toEqual([0, 1, 1, 0]);
    expect([...labelColumn(labels, 2, 1, 0, 2)]).toEqual([1, 0]);
  });

  it("that are not there are refused, with the nearest that is", () => {
    expect(() =>
      arrangedLabels({ bought: Uint8Array.of(1) }, ["bougth"], Uint32Array.of(0)),
    ).toThrow(expect.objectContaining({ code: "LABEL_MISSING", cure: 'Did you mean "bought"?' }));
    expect(() => arrangedLabels(table, ["toString"], Uint32Array.of(0))).toThrow(
      expect.objectContaining({ code: "LABEL_MISSING" }),
    );
  });
});
