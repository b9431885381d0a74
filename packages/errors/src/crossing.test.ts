import { describe, expect, it } from "vitest";
import { CATALOG, type ErrorCode, EXIT } from "./catalog.ts";
import { CROSSING, crossingCode, isCrossing } from "./crossing.ts";

/** Exit statuses of what a process finds in its own input, its own files or its own machine. */
const OWN: readonly number[] = [
  EXIT.usage,
  EXIT.data,
  EXIT.noInput,
  EXIT.internal,
  EXIT.cannotCreate,
];
/** Both parties know the number of their joint users, so either may say that it is too small. */
const MUTUAL: readonly string[] = ["ALIGNMENT_EMPTY", "ALIGNMENT_TOO_SMALL"];

describe("what may leave a process", () => {
  it.each(Object.keys(CATALOG) as ErrorCode[])("%s", (code) => {
    const isOwn = OWN.includes(CATALOG[code].exitStatus) && !MUTUAL.includes(code);
    if (isOwn) expect(crossingCode(code)).toBe("PARTY_STOPPED");
    expect(Object.hasOwn(CROSSING, crossingCode(code))).toBe(true);
  });

  it("is believed of a peer by the same list", () => {
    expect(["PEER_LOST", "LABEL_ONE_CLASS", "constructor", ""].map(isCrossing)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
