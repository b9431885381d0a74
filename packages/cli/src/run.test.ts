import { describe, expect, it } from "vitest";
import { runHere } from "./testing/run-here.ts";
import { version } from "./version.ts";

describe("the command line", () => {
  it("prints its version and its help, and calls that success", async () => {
    expect(await runHere(["--version"])).toEqual({ status: 0, out: `${version}\n`, err: "" });
    const help = await runHere(["--help"]);
    expect(help.status).toBe(0);
    expect(help.err).toBe("");
    for (const name of ["demo", "coordinator", "media", "commerce", "keys", "data", "help"]) {
      expect(help.out).toMatch(new RegExp(`^ {2}${name} `, "m"));
    }
  });

  it.each(["demo", "coordinator", "media", "commerce", "keys", "data"])(
    "%s --help and help %s show examples",
    async (name) => {
      const help = await runHere([name, "--help"]);
      expect(help).toMatchObject({ status: 0, err: "" });
      expect(help.out).toContain("Examples:");
      expect(help.out).toContain(`$ moongate ${name}`);
      expect((await runHere(["help", name])).out).toBe(help.out);
    },
  );

  it("suggests the nearest command and the nearest option", async () => {
    expect(await runHere(["demos"])).toEqual({
      status: 64,
      out: "",
      err: "error USAGE: unknown command 'demos'\ncure: Write demo, or see --help.\n",
    });
    const option = await runHere(["demo", "--epoch", "5"]);
    expect(option.err).toBe(
      "error USAGE: unknown option '--epoch'\ncure: Write --epochs, or see --help.\n",
    );
  });

  it("refuses an empty command line, a missing option and a stray word", async () => {
    expect((await runHere([])).err).toMatch(/^error USAGE: no command was given\n/);
    const missing = await runHere(["keys"]);
    expect(missing.status).toBe(64);
    expect(missing.err).toMatch(/^error USAGE: required option '--name <name>' not specified\n/);
    expect((await runHere(["keys", "--name", "media", "more"])).status).toBe(64);
  });

  it("says the same as JSON with --json, and stacks only with MOONGATE_DEBUG=1", async () => {
    const refused = await runHere(["keys", "--json"]);
    expect(refused.out).toBe("");
    expect(JSON.parse(refused.err)).toMatchObject({ error: { code: "USAGE", exitStatus: 64 } });
    expect((await runHere(["keys"])).err).not.toContain("    at ");
    expect((await runHere(["keys"], { MOONGATE_DEBUG: "1" })).err).toContain("    at ");
  });
});
