import { resultSchema } from "@moongate/results";
import picocolors from "picocolors";
import { describe, expect, it } from "vitest";
import { resultFixture } from "../testing/result-fixture.ts";
import { summary } from "./summary.ts";

const text = summary(resultFixture, picocolors.createColors(false));
const line = (start: RegExp): string => text.split("\n").find((each) => start.test(each)) ?? "";

describe("summary", () => {
  it("renders a valid document", () => {
    expect(resultSchema.parse(resultFixture)).toEqual(resultFixture);
    expect(text).not.toMatch(/undefined|NaN|\[object/);
  });

  it("shows rows on each side and matched", () => {
    expect(line(/^ {2}media +[\d,]+ +\d/)).toMatch(/27,200 +61$/);
    expect(line(/^ {2}matched/)).toMatch(/21,216 +99$/);
    expect(line(/^ {4}test/)).toMatch(/4,243$/);
  });

  it("shows the test AUC of every label, floor to ceiling", () => {
    expect(line(/commerce alone/)).toMatch(/commerce alone +federated +pooled +best possible$/);
    expect(line(/^ {2}store_order/)).toMatch(/0\.7012 +0\.7534 +0\.7535 +0\.8123$/);
  });

  it("leaves out what nobody knows: no column of blanks", () => {
    const auc = Object.fromEntries(
      Object.entries(resultFixture.auc).map(([label, { best: _best, ...known }]) => [
        label,
        { ...known, pooled: null },
      ]),
    );
    const models = resultFixture.models.filter(({ oracle }) => !oracle);
    const alone = summary({ ...resultFixture, auc, models }, picocolors.createColors(false));
    expect(alone).toContain("federated");
    expect(alone).not.toMatch(/pooled|best possible|media alone|oracle/);
  });

  it("says where commerce's own model of the plan's kind diverged", () => {
    const auc = Object.fromEntries(
      Object.entries(resultFixture.auc).map(([label, known]) => [
        label,
        {
          ...known,
          commerceOnly: null,
          validation: { ...known.validation, commerceOnly: null },
        },
      ]),
    );
    const diverged = summary({ ...resultFixture, auc }, picocolors.createColors(false));
    expect(text).not.toContain("its training diverged");
    expect(diverged).toContain("commerce alone has no such model: its training diverged");
    expect(diverged).toMatch(/\n +federated +pooled +best possible\n/);
  });

  it("shows rounds, bytes by kind and seconds by phase", () => {
    expect(text).toContain("1,745 rounds in 580 training steps, 250 MB over both hops");
    expect(text).toContain("training 6.3 s");
    expect(line(/^ {2}kind/)).toMatch(/commerce gets +media ⇢$/);
    expect(line(/^ {2}relay/)).toMatch(/70\.0 MB +70\.0 MB *$/);
    expect(line(/^ {2}deal/)).toMatch(/60\.0 MB *$/);
  });

  it("shows the peak memory of each process", () => {
    expect(text).toContain("peak memory: coordinator 151 MB, media 182 MB, commerce 213 MB");
  });

  it("says when commerce alone was trained on a sample", () => {
    expect(text).not.toContain("is trained on");
    const sampled = summary(
      { ...resultFixture, baselineRows: 9000 },
      picocolors.createColors(false),
    );
    expect(sampled).toContain("commerce alone is trained on a random 9,000 of its training rows");
  });

  it("shows what each process could open, the ledger and the run directory", () => {
    expect(line(/^ {2}coordinator +media +relay/)).toMatch(/no +sealed bytes between the parties$/);
    expect(line(/^ {2}commerce +scores of the test rows/)).toMatch(
      /4243 x 2 +to measure the model$/,
    );
    expect(text).toContain(resultFixture.runDirectory);
  });
});
