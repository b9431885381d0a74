import { describe, expect, it } from "vitest";
import { run } from "./command.ts";

const cure = "Do something about it.";

describe("run", () => {
  it("returns what a program prints", async () => {
    expect(await run(process.execPath, ["-p", "6 * 7"], { cure })).toBe("42\n");
  });

  it("refuses with the program's last words and the cure", async () => {
    const program = "console.error('first'); console.error('last words'); process.exit(3)";
    await expect(run(process.execPath, ["-e", program], { cure })).rejects.toMatchObject({
      code: "TENSORFLOW_INSTALL",
      message: expect.stringContaining("last words") as string,
      cure,
    });
  });

  it("says which program is missing", async () => {
    await expect(run("moongate-absent", [], { cure })).rejects.toThrow(
      "moongate-absent is not installed",
    );
  });
});
