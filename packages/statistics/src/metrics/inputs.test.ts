import { describe, expect, it } from "vitest";
import { auc } from "./auc.ts";
import { aucInterval } from "./auc-interval.fixture.ts";
import { calibrationError } from "./calibration-error.ts";
import { ks } from "./ks.ts";
import { lift } from "./lift.ts";
import { logLoss } from "./log-loss.ts";
import { prAuc } from "./pr-auc.ts";

const RANKING = { auc, aucInterval, ks, lift, prAuc };
const ALL = { ...RANKING, calibrationError, logLoss };

describe.each(Object.entries(ALL))("%s refuses", (_name, metric) => {
  it("scores and labels of different lengths", () => {
    expect(() => metric([0.5, 0.5], [1])).toThrow(
      expect.objectContaining({ code: "SHAPE_MISMATCH" }),
    );
  });

  it("a score that is not finite, naming its row", () => {
    expect(() => metric([0.5, NaN], [0, 1])).toThrow(
      expect.objectContaining({
        code: "COLUMN_NOT_FINITE",
        message: expect.stringContaining("row 2") as string,
      }),
    );
  });

  it("a label that is not 0 or 1", () => {
    expect(() => metric([0.5, 0.5], [0, 2])).toThrow(
      expect.objectContaining({ code: "LABEL_NOT_BINARY" }),
    );
  });

  it("no rows at all", () => {
    expect(() => metric([], [])).toThrow(/rows/);
  });
});

describe.each(Object.entries(RANKING))("%s refuses", (_name, metric) => {
  it.each([0, 1])("rows that are all %i", (label) => {
    expect(() => metric([0.1, 0.2], [label, label])).toThrow(
      expect.objectContaining({ code: "LABEL_ONE_CLASS" }),
    );
  });
});

describe("options", () => {
  it("are refused out of range", () => {
    const usage = expect.objectContaining({ code: "USAGE" }) as Error;
    expect(() => lift([0.1, 0.2], [0, 1], 0)).toThrow(usage);
    expect(() => lift([0.1, 0.2], [0, 1], NaN)).toThrow(usage);
    expect(() => calibrationError([0.1, 0.2], [0, 1], 0)).toThrow(usage);
  });
});
