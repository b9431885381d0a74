import { describe, expect, it } from "vitest";
import { asMoongateError } from "./as-moongate-error.ts";
import { MoongateError } from "./error.ts";
import { systemFault } from "./system-fault.ts";

const fault = (code: string, path?: string): Error =>
  Object.assign(new Error(`${code}: of the system`), { code, path });

describe("a fault of the machine", () => {
  it.each([
    ["ENOSPC", "DISK_FULL", 74],
    ["EDQUOT", "DISK_FULL", 74],
    ["EIO", "DISK_FAILED", 74],
    ["EACCES", "PATH_DENIED", 77],
    ["EROFS", "PATH_DENIED", 77],
    ["ENOTDIR", "PATH_UNUSABLE", 73],
    ["EEXIST", "PATH_UNUSABLE", 73],
    ["ENAMETOOLONG", "PATH_UNUSABLE", 73],
    ["ERR_INVALID_ARG_VALUE", "PATH_UNUSABLE", 73],
    ["EMFILE", "FILES_EXHAUSTED", 71],
  ])("%s is %s, with its own exit status", (named, code, exitStatus) => {
    const refusal = asMoongateError(fault(named, "/some/where"));
    expect(refusal).toMatchObject({ code, exitStatus });
    expect(refusal.message).toMatch(/^\/some\/where /);
  });

  it("names the path that was used before the one that the system names", () => {
    expect(systemFault(fault("ENOSPC", "/draft"), "/file")).toMatchObject({
      message: "/file has no room left on its disk",
    });
    expect(systemFault(fault("ENOSPC"))).toMatchObject({
      message: "a file has no room left on its disk",
    });
  });

  it("shows a path short and without control characters", () => {
    const refusal = asMoongateError(fault("ENAMETOOLONG", `/a\0b${"x".repeat(5000)}`));
    expect(refusal.message).toMatch(/^\/a\?bx+…x+ has a longer name/);
    expect(refusal.message.length).toBeLessThan(300);
  });

  it("is nothing else than that", () => {
    const refusal = new MoongateError("USAGE", "this");
    const other = new Error("another");
    for (const thrown of [refusal, other, fault("ECONNRESET"), "text"]) {
      expect(systemFault(thrown)).toBe(thrown);
    }
    expect(asMoongateError(other).code).toBe("INTERNAL");
  });
});
