import type { LocalReport } from "@moongate/results";
import { describe, expect, it } from "vitest";
import { resultFixture } from "../testing/result-fixture.ts";
import { kindsTable, localSection, metricsTable } from "./models.ts";

const lines = (text: string): string[] => text.split("\n");

describe("the other metrics", () => {
  it("are those of the plan's own kind, by label and by who has the columns", () => {
    const [head = "", ...rows] = lines(metricsTable(resultFixture));
    expect(head).toMatch(/KS +PR-AUC +log-loss +calibration error +lift at 10%$/);
    expect(rows.map((row) => row.replace(/ +0\..*$/, ""))).toEqual([
      "  store_order  commerce alone",
      "               federated",
      "               pooled",
      "  live_order   commerce alone",
      "               federated",
      "               pooled",
    ]);
    expect(rows[1]).toMatch(/federated +0\.3100 +0\.2200 +0\.2560 +0\.0110 +3\.21$/);
  });

  it("leave out the oracle where there is none", () => {
    const models = resultFixture.models.filter(({ oracle }) => !oracle);
    expect(metricsTable({ ...resultFixture, models })).not.toContain("pooled");
  });
});

describe("the kinds of model", () => {
  it("are compared by the mean over labels; the joint model has one kind", () => {
    const [head = "", alone = "", media = "", federated = "", pooled = "", note = ""] = lines(
      kindsTable(resultFixture),
    );
    expect(head).toMatch(/logistic model +ReLU network +sine network$/);
    expect(alone).toMatch(/commerce alone +0\.6762 +0\.6862 +0\.6872$/);
    expect(media).toMatch(/media alone \* +0\.6562 +0\.6662 +0\.6672$/);
    expect(federated).toMatch(/federated +0\.7284$/);
    expect(pooled).toMatch(/pooled +0\.7284 +0\.7484 +0\.7494$/);
    expect(note).toMatch(/^ {2}\* .*oracle/);
  });

  it("say when some were trained on fewer rows", () => {
    expect(kindsTable(resultFixture)).not.toContain("random");
    const models = resultFixture.models.map((model) => ({ ...model, trainedRows: 9000 }));
    expect(kindsTable({ ...resultFixture, models })).toContain(
      "a random 9,000 of the training rows",
    );
  });
});

describe("what of each party enters", () => {
  const local: LocalReport = {
    input: "both",
    columns: 12,
    beside: 37,
    objective: "both",
    labels: ["ad_click"],
    rows: 20_000,
    epochs: 10,
    bestEpoch: 9,
    engine: "wasm",
  };

  it("tells the local models there are, and is silent about what nobody knows", () => {
    const both = localSection({ ...resultFixture, local: { media: local, commerce: null } });
    expect(lines(both).slice(0, 3)).toEqual([
      "  media: 37 prepared columns and 12 columns of a local model, trained for 10 epochs on 20,000 own",
      "  rows towards ad_click and its own columns",
      "  commerce: its own columns as they are prepared",
    ]);
    expect(localSection(resultFixture)).not.toContain("media");
  });

  it("tells a tower alone, and towards what", () => {
    const towards = (objective: LocalReport["objective"]): string =>
      localSection({
        ...resultFixture,
        local: { commerce: { ...local, input: "tower", beside: 0, objective } },
      });
    expect(towards("labels")).toContain("commerce: 12 columns of a local model, trained");
    expect(towards("labels")).toMatch(/towards ad_click$/m);
    expect(towards("reconstruction")).toMatch(/towards its own\s+columns$/m);
  });

  it("says once how to get the native engine, if another ran", () => {
    expect(localSection(resultFixture).match(/npm run tensorflow/g)).toHaveLength(1);
    const native = { name: "native", version: "4.22.0" } as const;
    const text = localSection({ ...resultFixture, engine: native });
    expect(text).toContain("TensorFlow.js 4.22.0, native engine");
    expect(text).not.toContain("npm run");
  });
});
