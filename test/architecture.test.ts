import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { importsOf } from "./architecture/imports.ts";
import {
  declaresImports,
  followsTable,
  hasNoCycles,
  keepsApart,
  pointsDown,
  type Rule,
  runsInBrowser,
  shipsNoTests,
  staysInside,
} from "./architecture/rules.ts";
import { exportsWhatIsUsed } from "./architecture/doors.ts";
import { hasOneHome, hidesNoIndex, namesSubjects } from "./architecture/words.ts";
import { MAY_IMPORT, TESTS_MAY_IMPORT } from "./architecture/table.ts";
import { type Manifest, readTree, type Source, type Tree } from "./architecture/tree.ts";

const ROOT = join(import.meta.dirname, "..");

describe("the packages", () => {
  const tree = readTree(ROOT);

  it("are all there", () => {
    expect(tree.manifests.map(({ name }) => name).sort()).toEqual(Object.keys(MAY_IMPORT).sort());
  });

  it.each<[string, Rule]>([
    ["import only what the table allows", followsTable],
    ["declare what they import", declaresImports],
    ["do not reach into each other's folders", staysInside],
    ["have no import cycles", hasNoCycles],
    ["keep apart what must not meet", keepsApart],
    ["run in a browser where they must", runsInBrowser],
    ["lean on no test", shipsNoTests],
    ["turn no wrong index into a value outside hot loops", hidesNoIndex],
    ["begin doc comments with their subject", namesSubjects],
    ["give an exported name one home", hasOneHome],
    ["export what somebody outside uses", exportsWhatIsUsed],
  ])("%s", (_name, rule) => {
    expect(rule(tree)).toEqual([]);
  });

  it("lean on what stands above them in the table, their tests too", () => {
    const order = Object.keys(MAY_IMPORT);
    expect(pointsDown(order, MAY_IMPORT)).toEqual([]);
    expect(pointsDown(order, TESTS_MAY_IMPORT)).toEqual([]);
  });
});

describe("ARCHITECTURE.md", () => {
  const text = readFileSync(join(ROOT, "ARCHITECTURE.md"), "utf8");
  const printed = (row: RegExp) =>
    [...text.matchAll(row)].map(([, name = "", targets = ""]) => [
      name,
      targets === "nothing" ? [] : targets.replaceAll("`", "").split(", "),
    ]);

  it("prints the table that is enforced, in its order", () => {
    const rows = printed(/^\| `([a-z-]+)` *\|.*\| ([^|]*?) *\|$/gm);
    expect(rows).toEqual(Object.entries(MAY_IMPORT));
  });

  it("prints what tests may import beyond it", () => {
    const rows = printed(/^\| `([a-z-]+)` *\| ([^|]*?) *\|$/gm);
    expect(rows).toEqual(Object.entries(TESTS_MAY_IMPORT));
  });
});

describe("the checker", () => {
  const manifest = (name: string, own: Partial<Manifest> = {}): Manifest => ({
    name,
    dependencies: [],
    devDependencies: [],
    entrances: [],
    inBrowser: {},
    references: [],
    ...own,
  });

  /** A tree of sources in memory, in packages that declare nothing unless told. */
  const treeOf = (files: Readonly<Record<string, string>>, manifests: Manifest[] = []): Tree => ({
    sources: Object.entries(files).map(([path, text]) => ({ path: `packages/${path}`, text })),
    manifests,
    testTools: ["vitest"],
  });

  it("sees every way to import", () => {
    const text = `
      import a from "a";
      import type { B } from "b";
      import "c";
      export * from "d";
      export type { E } from "e";
      const f = await import("f");
      type G = import("g").G;
      const h = require("h");
      const i = await import(\`i\`);
      const j = await import(name);
      // import "comment";
      const k = 'import "string"';
    `;
    const source: Source = { path: "packages/cli/src/x.ts", text };
    const found = importsOf(source).map(
      ({ specifier, erased }) => specifier + (erased ? " type" : ""),
    );
    expect(found.join()).toBe("a,b type,c,d,e type,f,g type,h,i,(computed)");
  });

  it.each<[string, Rule, Readonly<Record<string, string>>]>([
    [
      "an import up the table",
      followsTable,
      { "ring/src/a.ts": 'import { x } from "@moongate/mpc";' },
    ],
    [
      "a type import up the table",
      followsTable,
      { "mpc/src/a.ts": 'import type { X } from "@moongate/federation";' },
    ],
    [
      "a dynamic import between the parties",
      followsTable,
      { "media-party/src/a.ts": 'await import("@moongate/commerce-party");' },
    ],
    [
      "a package that is not in the table",
      followsTable,
      { "other/src/a.ts": 'export * from "@moongate/ring";' },
    ],
    ["errors importing anything", followsTable, { "errors/src/a.ts": 'import "@moongate/ring";' }],
    [
      "a relative path into another package",
      staysInside,
      { "mpc/src/a.ts": 'import { x } from "../../ring/src/ring.ts";' },
    ],
    [
      "a test's relative path into another package",
      staysInside,
      { "mpc/src/a.test.ts": 'import { x } from "../../ring/src/ring.ts";' },
    ],
    [
      "a path past another package's index",
      staysInside,
      { "mpc/src/a.ts": 'import { x } from "@moongate/ring/src/ring.ts";' },
    ],
    ["an import of a computed name", staysInside, { "mpc/src/a.ts": "await import(name);" }],
    [
      "two files that import each other",
      hasNoCycles,
      { "mpc/src/a.ts": 'import "./b.ts";', "mpc/src/b.ts": 'import { type A } from "./a.ts";' },
    ],
    [
      "a cycle of three over a folder",
      hasNoCycles,
      {
        "mpc/src/a.ts": 'import "./deep/b.ts";',
        "mpc/src/deep/b.ts": 'import "../c.ts";',
        "mpc/src/c.ts": 'export * from "./a.ts";',
      },
    ],
    [
      "two files whose types need each other",
      hasNoCycles,
      {
        "mpc/src/a.ts": 'import type { B } from "./b.ts";',
        "mpc/src/b.ts": 'import type { A } from "./a.ts";',
      },
    ],
    ["a file that imports itself", hasNoCycles, { "mpc/src/a.ts": 'import "./a.ts";' }],
    [
      "a coordinator that reaches learning through others",
      keepsApart,
      {
        "coordinator/src/a.ts": 'import "@moongate/messages";',
        "messages/src/a.ts": 'import "@moongate/mpc";',
        "mpc/src/a.ts": 'import "@moongate/learning";',
      },
    ],
    [
      "a wrong index that becomes a zero",
      hidesNoIndex,
      { "cli/src/a.ts": "const x = list[i] ?? 0; // list[i] ?? 0" },
    ],
    [
      "a doc comment without a subject",
      namesSubjects,
      {
        "cli/src/a.ts":
          "/** Of the labels. */\nconst a = 1;\n/** Labels of a table. */\nconst b = 2;",
      },
    ],
    [
      "a type's name in two packages",
      hasOneHome,
      {
        "mpc/src/a.ts": "export interface Thing {} export const thing = 1;",
        "cli/src/a.ts": "export type Thing = 1; export function thing() {}",
      },
    ],
    ["code that uses a fixture", shipsNoTests, { "mpc/src/a.ts": 'import "./b.fixture.ts";' }],
  ])("refuses %s", (_name, rule, files) => {
    expect(rule(treeOf(files))).toHaveLength(1);
  });

  it.each<[string, string, Record<string, string>, Partial<Manifest>]>([
    ["an undeclared package", "mpc", { "mpc/src/a.ts": 'import "zod/mini";' }, {}],
    ["an undeclared scoped package", "mpc", { "mpc/src/a.ts": 'import "@x/y/z";' }, {}],
    ["an undeclared package of ours", "mpc", { "mpc/src/a.ts": 'import "@moongate/ring";' }, {}],
    [
      "code that needs a development dependency",
      "mpc",
      { "mpc/src/a.ts": 'import "zod";' },
      { devDependencies: ["zod"] },
    ],
    ["a test tool in code", "mpc", { "mpc/src/a.ts": 'import "vitest";' }, {}],
    [
      "a declared package that the table forbids",
      "ring",
      {},
      { dependencies: ["@moongate/mpc"], references: ["mpc"] },
    ],
    ["a reference that is not declared", "mpc", {}, { references: ["ring"] }],
    ["a package that is not in the table", "other", {}, {}],
  ])("refuses %s", (_name, name, files, own) => {
    expect(declaresImports(treeOf(files, [manifest(name, own)]))).toHaveLength(1);
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ["a Node module", { "ring/src/a.ts": 'import { readFileSync } from "node:fs";' }],
    [
      "a Node module behind another file",
      { "ring/src/a.ts": 'import "./b.ts";', "ring/src/b.ts": 'import "fs";' },
    ],
    [
      "a Node module behind another package",
      { "ring/src/a.ts": 'import "@moongate/logging";', "logging/src/a.ts": 'import "node:os";' },
    ],
    ["a global of Node's", { "ring/src/a.ts": "export const x = Buffer.alloc(1);" }],
  ])("refuses in a browser %s", (_name, files) => {
    const entering = (name: string): Manifest =>
      manifest(name, { inBrowser: { [`@moongate/${name}`]: `packages/${name}/src/a.ts` } });
    const tree = treeOf(files, [entering("ring"), entering("logging")]);
    expect(runsInBrowser(tree)).toHaveLength(1);
  });

  it("lets a browser's package have types of Node, and Node in files that no browser loads", () => {
    const files = {
      "ring/src/a.ts": 'import type { X } from "node:fs"; export const x = a.process as Buffer;',
      "ring/src/node.ts": 'import "node:fs"; process.exit();',
    };
    const ring = manifest("ring", { inBrowser: { "@moongate/ring": "packages/ring/src/a.ts" } });
    expect(runsInBrowser(treeOf(files, [ring]))).toEqual([]);
  });

  it("lets what is bundled import development dependencies, and no test tools", () => {
    const crypto = manifest("crypto", { devDependencies: ["noble"] });
    const importing = (path: string, name: string): string[] =>
      declaresImports(treeOf({ [path]: `import "${name}";` }, [crypto]));
    expect(importing("crypto/src/browser.ts", "noble")).toEqual([]);
    expect(importing("crypto/src/node.ts", "noble")).toHaveLength(1);
    expect(importing("crypto/src/browser.ts", "vitest")).toHaveLength(1);
  });

  it("lets a package be entered by every part that it exports", () => {
    const files = { "cli/src/a.ts": 'import "@moongate/lab/attacks";' };
    const lab = manifest("lab", { entrances: ["@moongate/lab/attacks"] });
    expect(staysInside(treeOf(files, [lab]))).toEqual([]);
    expect(staysInside(treeOf(files, [manifest("lab")]))).toHaveLength(1);
  });

  it.each<[string, string, string, number]>([
    ["a name that nobody imports", "export function a() {}", "", 1],
    ["a name that is imported", "export function a() {}", 'import { a } from "@moongate/mpc";', 0],
    ["a name behind import()", "export function a() {}", 'await import("@moongate/mpc");', 1],
    [
      "a name out of import()",
      "export function a() {}",
      'const { a } = await import("@moongate/mpc");',
      0,
    ],
    [
      "a namespace's members",
      "export const a = 1, b = 2;",
      'import * as m from "@moongate/mpc"; m.a;',
      1,
    ],
    [
      "the types of a used function",
      "export interface A { b: B } export interface B {} export interface C {} export function f(a: A) { C; }",
      'import { f } from "@moongate/mpc";',
      1,
    ],
  ])("counts users of exports: %s", (_name, text, user, refused) => {
    const entrance = { "@moongate/mpc": "packages/mpc/src/index.ts" };
    const files = {
      "mpc/src/index.ts": 'export * from "./a.ts";',
      "mpc/src/a.ts": text,
      "cli/src/b.ts": user,
    };
    const tree = treeOf(files, [manifest("mpc", { entranceFiles: entrance })]);
    expect(exportsWhatIsUsed(tree)).toHaveLength(refused);
  });

  it("lets tests import what they have a row for, and development dependencies", () => {
    const text = 'import "@moongate/learning"; import "vitest"; import "node:fs";';
    const tree = treeOf({ "mpc/src/a.test.ts": text, "mpc/src/testing/b.ts": text }, [
      manifest("mpc", { devDependencies: ["@moongate/learning"] }),
    ]);
    for (const rule of [followsTable, declaresImports, staysInside, keepsApart, runsInBrowser]) {
      expect(rule(tree)).toEqual([]);
    }
  });

  it.each(["a.test.ts", "a.fixture.ts", "testing/a.ts"])(
    "refuses an import up the table in %s",
    (file) => {
      const tree = treeOf({ [`ring/src/${file}`]: 'import "@moongate/mpc";' });
      expect(followsTable(tree)).toHaveLength(1);
    },
  );

  it("refuses a row that points up, at itself or at nothing", () => {
    const rows = { a: ["b"], b: ["b", "c"], d: ["a", "everything"] };
    expect(pointsDown(["a", "b", "d"], rows)).toHaveLength(3);
  });
});
