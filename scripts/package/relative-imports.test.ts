import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { entrancesOf, withRelativeImports } from "./relative-imports.ts";
import { repository } from "../repository.ts";
import { outsideDependencies } from "./shipped.ts";

const entrances = new Map([
  ...entrancesOf("ring", {
    name: "@moongate/ring",
    exports: { ".": { default: "./dist/index.js" } },
  }),
  ...entrancesOf("lab", {
    name: "@moongate/lab",
    exports: { "./attacks": { default: "./dist/attacks/index.js" } },
  }),
]);

describe("a module of the published package", () => {
  it.each([
    ['import { Ring } from "@moongate/ring";', 'import { Ring } from "../../ring/dist/index.js";'],
    ['export * from "@moongate/lab/attacks";', 'export * from "../../lab/dist/attacks/index.js";'],
    ['await import("@moongate/ring")', 'await import("../../ring/dist/index.js")'],
    ['import "@moongate/ring";', 'import "../../ring/dist/index.js";'],
    ['import { z } from "zod";', 'import { z } from "zod";'],
  ])("turns %s into %s", (before, after) => {
    expect(withRelativeImports("cli/dist/main.js", before, entrances)).toBe(after);
  });

  it("is refused where it imports what nobody exports", () => {
    const broken = 'import { x } from "@moongate/ring/inside";';
    expect(() => withRelativeImports("cli/dist/main.js", broken, entrances)).toThrow(
      "cli/dist/main.js imports @moongate/ring/inside, which nobody exports",
    );
  });
});

describe("the published package", () => {
  it("depends on exactly what its modules need from elsewhere", () => {
    const root = JSON.parse(readFileSync(repository("package.json"), "utf8")) as {
      readonly dependencies: Readonly<Record<string, string>>;
    };
    expect(root.dependencies).toEqual(outsideDependencies());
  });
});
