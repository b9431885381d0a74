import { MoongateError } from "@moongate/errors";
import picocolors from "picocolors";
import { describe, expect, it } from "vitest";
import { errorReport } from "./error-report.ts";
import { Refusals } from "./refusals.ts";

const plain = picocolors.createColors(false);
const error = new MoongateError("COLUMN_MISSING", "shop.csv has no column label", {
  cause: new Error("deep"),
});
const alone = new Refusals(error, []);
const followed = new Refusals(error, [new MoongateError("PEER_ABORTED", "media: told to stop")]);

describe("errorReport", () => {
  it("names the code, the cause and the cure, and nothing else", () => {
    expect(errorReport(alone, { colours: plain, json: false, debug: false })).toBe(
      "error COLUMN_MISSING: shop.csv has no column label\ncure: Name a column that is in the header.\n",
    );
  });

  it("is one line of JSON for programs", () => {
    const text = errorReport(alone, { colours: plain, json: true, debug: false });
    expect(text.trimEnd()).not.toContain("\n");
    expect(JSON.parse(text)).toEqual({
      error: {
        code: "COLUMN_MISSING",
        cause: "shop.csv has no column label",
        cure: "Name a column that is in the header.",
        exitStatus: 65,
      },
    });
  });

  it("shows what followed after the root cause", () => {
    const text = errorReport(followed, { colours: plain, json: false, debug: false });
    expect(text.split("\n").slice(2)).toEqual(["then PEER_ABORTED: media: told to stop", ""]);
    const json = errorReport(followed, { colours: plain, json: true, debug: false });
    expect(JSON.parse(json)).toMatchObject({
      error: { code: "COLUMN_MISSING" },
      others: [{ code: "PEER_ABORTED" }],
    });
  });

  it("shows stacks, causes included, only when debugging", () => {
    const text = errorReport(alone, { colours: plain, json: false, debug: true });
    expect(text).toContain("error-report.test.ts");
    expect(text).toContain("caused by Error: deep");
  });
});
