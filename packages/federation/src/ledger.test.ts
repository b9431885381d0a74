import { describe, expect, it } from "vitest";
import { alignmentLines, Ledger, shapeLines } from "./ledger.ts";

const line = { what: "test scores", to: "commerce", why: "evaluation" } as const;

describe("the disclosure ledger", () => {
  it("writes the stretches of one reveal as one line", () => {
    const ledger = new Ledger();
    for (const rows of [4096, 4096, 17]) ledger.add({ ...line, shape: `${rows}×3` });
    expect(ledger.lines).toEqual([{ ...line, shape: "8209×3" }]);
  });

  it("writes what crosses in turns at every step as a line each", () => {
    const ledger = new Ledger();
    for (const rows of [32, 32, 5]) {
      ledger.add({ what: "embeddings", to: "commerce", why: "training", shape: `${rows}×4` });
      ledger.add({ what: "gradients", to: "media", why: "training", shape: `${rows}×4` });
    }
    expect(ledger.lines.map(({ what, shape }) => `${what} ${shape}`)).toEqual([
      "embeddings 69×4",
      "gradients 69×4",
    ]);
  });

  it("keeps apart what differs in any way", () => {
    const ledger = new Ledger();
    ledger.add({ ...line, shape: "1×3" });
    ledger.add({ ...line, shape: "1×2" });
    ledger.add({ ...line, shape: "1×2", to: "media" });
    ledger.add({ ...line, shape: "1×2", to: "media", why: "another reason" });
    ledger.add({ ...line, shape: "1×2", what: "other scores" });
    ledger.add({ ...line, shape: "12", what: "other scores" });
    expect(ledger.lines.length).toBe(6);
  });

  it("says that the coordinator learns less without its help in alignment", () => {
    const sizes = { media: 5, commerce: 6, matched: 3 };
    const told = (method: "keyed" | "ecdh"): string[] =>
      alignmentLines(
        { task: "train", protocol: "masked", alignment: { method, idRule: "trimmed", decoys: 64 } },
        sizes,
      )
        .filter(({ to }) => to === "coordinator")
        .map(({ shape }) => shape);
    expect(told("keyed")).toEqual(["5 and 6, 3"]);
    expect(told("ecdh")).toEqual(["3"]);
  });

  it("tells widths to all three", () => {
    expect(shapeLines({ media: 2, commerce: 1 }).map(({ to }) => to)).toEqual([
      "media",
      "commerce",
      "coordinator",
    ]);
  });
});
