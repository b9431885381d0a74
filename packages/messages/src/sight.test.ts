import { describe, expect, it } from "vitest";
import { seenRowSchema } from "./seen.ts";
import { sightsOf, trafficOf } from "./sight.ts";

const reading = {
  sent: { relay: { frames: 2, bytes: 20 }, control: { frames: 1, bytes: 5 } },
  received: { deal: { frames: 3, bytes: 30 }, novel: { frames: 1, bytes: 1 } },
};

describe("what a process has seen", () => {
  it("is what was sent to it, by kind", () => {
    const traffic = trafficOf("outer", "commerce", "coordinator", reading);
    expect(traffic.map(({ from, to, kind }) => `${from} ${to} ${kind}`)).toEqual([
      "commerce coordinator control",
      "commerce coordinator relay",
      "coordinator commerce deal",
      "coordinator commerce novel",
    ]);
    const [deal, novel, ...rest] = sightsOf("commerce", traffic);
    expect(rest).toEqual([]);
    expect(deal).toMatchObject({ kind: "deal", frames: 3, bytes: 30, opened: false });
    expect(novel).toMatchObject({ kind: "novel", opened: false });
    for (const row of [deal, novel]) seenRowSchema.parse(row);
  });

  it("lists relayed records at the coordinator, which cannot open them, and not at the parties", () => {
    const traffic = trafficOf("outer", "commerce", "coordinator", reading);
    const relayed = sightsOf("coordinator", traffic).find((row) => row.kind === "relay");
    expect(relayed).toMatchObject({ opened: false, bytes: 20 });
    const back = trafficOf("outer", "coordinator", "media", reading);
    expect(sightsOf("media", back).map((row) => row.kind)).not.toContain("relay");
  });
});
