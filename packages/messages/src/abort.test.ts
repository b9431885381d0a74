import { CATALOG, CROSSING, type ErrorCode, MoongateError } from "@moongate/errors";
import { describe, expect, it } from "vitest";
import { abortOf, cameByAbort, refusalOf } from "./abort.ts";
import { decodeControl, encodeControl } from "./control.ts";

describe("telling others of a refusal", () => {
  it("sends no word about a party's own data, files or configuration", () => {
    const codes: ErrorCode[] = [
      "ID_DUPLICATE",
      "CSV_RAGGED_ROW",
      "FILE_MISSING",
      "CONFIG_INVALID",
      "INTERNAL",
    ];
    for (const code of codes) {
      const error = new MoongateError(code, "row 17 of /home/me/users.csv", {
        cure: "look at row 17",
      });
      const text = JSON.stringify(abortOf(error, "media"));
      expect(text).not.toContain(code);
      expect(text).toBe(JSON.stringify(abortOf(new MoongateError("SATURATION", ""), "media")));
      expect(text).not.toContain("17");
      expect(text).not.toContain("users.csv");
    }
  });

  it("sends the words about the session itself", () => {
    const error = new MoongateError("SESSION_REFUSED", "media does not agree to 2 labels");
    expect(abortOf(error, "media").cause).toBe("media does not agree to 2 labels");
  });

  it("works for every code there is", () => {
    for (const code of Object.keys(CATALOG) as ErrorCode[]) {
      const abort = abortOf(new MoongateError(code, "x".repeat(5000)), "commerce");
      expect(Object.hasOwn(CROSSING, abort.code)).toBe(true);
      expect(decodeControl(encodeControl(abort))).toEqual(abort);
      expect(cameByAbort(refusalOf(abort))).toBe(true);
    }
  });
});

describe("hearing of a refusal", () => {
  const abort = {
    type: "abort",
    code: "PEER_LOST",
    cause: "media went away",
    cure: "wait",
  } as const;

  it("keeps the code of what the coordinator found out", () => {
    expect(refusalOf({ ...abort, by: "coordinator" })).toMatchObject({
      code: "PEER_LOST",
      message: "media went away",
      cure: "wait",
    });
  });

  it("is PEER_ABORTED, naming whom and why, for what ended another process", () => {
    expect(refusalOf({ ...abort, code: "FRAME_TAMPERED", by: "media" })).toMatchObject({
      code: "PEER_ABORTED",
      message: "media ended the session: FRAME_TAMPERED: media went away",
      details: { by: "media", code: "FRAME_TAMPERED" },
    });
    expect(refusalOf({ ...abort, code: "INTERRUPTED", by: "coordinator" }).code).toBe(
      "PEER_ABORTED",
    );
  });
});
