import type { ErrorCode } from "@moongate/errors";
import { describe, expect, it } from "vitest";
import type { ChildEnd, RoleName } from "./child.ts";
import { failuresByCause } from "./root-cause.ts";

const said = (role: RoleName, code: ErrorCode): ChildEnd => ({
  role,
  status: 1,
  signal: null,
  words: "",
  refusal: { code, cause: "why", cure: "how", exitStatus: 1 },
});
const killed = (role: RoleName): ChildEnd => ({ role, status: null, signal: "SIGKILL", words: "" });
const fine = (role: RoleName): ChildEnd => ({ role, status: 0, signal: null, words: "" });
const codes = (ends: readonly ChildEnd[]) => failuresByCause(ends).map((error) => error.code);

describe("failuresByCause", () => {
  it("puts a process's own reason before the followers, whatever the order", () => {
    expect(
      codes([
        said("coordinator", "PEER_LOST"),
        said("media", "PEER_ABORTED"),
        said("commerce", "LABEL_NOT_BINARY"),
      ]),
    ).toEqual(["LABEL_NOT_BINARY", "PEER_LOST", "PEER_ABORTED"]);
  });

  it("takes a process that could not say anything for the cause", () => {
    const [first] = failuresByCause([said("coordinator", "PEER_LOST"), killed("media")]);
    expect(first?.message).toBe("media: the process ended by itself with signal SIGKILL");
    expect(first?.details).toEqual({ process: "media" });
  });

  it("keeps the cure, and leaves out those that ended well", () => {
    const errors = failuresByCause([fine("coordinator"), said("media", "FILE_MISSING")]);
    expect(errors.map((error) => [error.message, error.cure])).toEqual([["media: why", "how"]]);
  });

  it("does not take a process that the driver stopped for the cause", () => {
    const stopped: ChildEnd = { ...killed("coordinator"), stopped: true };
    const errors = failuresByCause([stopped, said("media", "FILE_MISSING")]);
    expect(errors.map(({ code, message }) => [code, message])).toEqual([
      ["FILE_MISSING", "media: why"],
      ["PEER_LOST", "coordinator: stopped, as the others had ended"],
    ]);
  });
});
