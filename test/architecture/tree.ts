import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import ts from "typescript";

/** One file; its path is relative to the repository, with slashes. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** What a package says of itself: package.json and tsconfig.json. */
export interface Manifest {
  readonly name: string;
  readonly dependencies: readonly string[];
  readonly devDependencies: readonly string[];
  /** What others may import: the package's name, or names of its parts below that. */
  readonly entrances: readonly string[];
  /** The source file behind each entrance in a browser. */
  readonly inBrowser: Readonly<Record<string, string>>;
  /** The source file behind each entrance in Node. */
  readonly entranceFiles?: Readonly<Record<string, string>>;
  /** Folder names of the packages its tsconfig.json refers to. */
  readonly references: readonly string[];
}

export interface Tree {
  readonly sources: readonly Source[];
  /** Scripts, tests of the whole and the examples of READMEs: they use packages and are none. */
  readonly outsiders?: readonly Source[];
  readonly manifests: readonly Manifest[];
  /** Packages that the tests of all packages may use. */
  readonly testTools: readonly string[];
}

/** What package.json exports under one name: a path, or choices by condition. */
type Exported = string | { readonly [condition: string]: Exported };

interface PackageJson {
  readonly exports?: Readonly<Record<string, Exported>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** Folders without sources of ours. */
const SKIPPED = new Set(["node_modules", "dist", "generated", "assembly"]);

/** Reads all packages of a repository. */
export function readTree(root: string): Tree {
  const names = readdirSync(join(root, "packages"), { withFileTypes: true })
    .filter((entry) => existsSync(join(root, "packages", entry.name, "package.json")))
    .map((entry) => entry.name);
  return {
    sources: names.flatMap((name) => sourcesUnder(root, join(root, "packages", name))),
    outsiders: [
      ...["scripts", "test"].flatMap((folder) => sourcesUnder(root, join(root, folder))),
      ...["", ...names.map((name) => join("packages", name))].flatMap((folder) =>
        examplesOf(root, join(root, folder, "README.md")),
      ),
    ],
    manifests: names.map((name) => manifestOf(root, name)),
    testTools: Object.keys(packageJson(root).devDependencies ?? {}),
  };
}

function sourcesUnder(root: string, folder: string): Source[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : sourcesUnder(root, path);
    if (!/\.[cm]?[jt]sx?$/.test(entry.name)) return [];
    const text = readFileSync(path, "utf8");
    return [{ path: relative(root, path).split(sep).join("/"), text }];
  });
}

/** The TypeScript of a README, as a source outside every package. */
function examplesOf(root: string, path: string): Source[] {
  if (!existsSync(path)) return [];
  const blocks = readFileSync(path, "utf8").matchAll(/^```ts\b.*\n([^]*?)^```$/gm);
  const name = `examples/${relative(root, path).split(sep).join("/")}`;
  return [...blocks].map(([, text = ""], index) => ({ path: `${name}.${index}.ts`, text }));
}

function manifestOf(root: string, name: string): Manifest {
  const folder = join(root, "packages", name);
  const {
    exports = {},
    dependencies,
    optionalDependencies,
    devDependencies = {},
  } = packageJson(folder);
  const { references = [] } = tsconfig(folder);
  return {
    name,
    dependencies: Object.keys({ ...dependencies, ...optionalDependencies }),
    devDependencies: Object.keys(devDependencies),
    entrances: Object.keys(exports).map((path) => `@moongate/${name}${path.slice(1)}`),
    inBrowser: entranceFiles(name, exports, "browser"),
    entranceFiles: entranceFiles(name, exports, "node"),
    references: references.map(({ path }) => path.replace(/^\.\.\//, "")),
  };
}

function entranceFiles(
  name: string,
  exports: Readonly<Record<string, Exported>>,
  platform: "browser" | "node",
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(exports).map(([path, exported]) => [
      `@moongate/${name}${path.slice(1)}`,
      `packages/${name}/${(chosen(exported, platform) ?? "nothing").replace(/^\.\//, "")}`,
    ]),
  );
}

/** The file that is taken from the sources, by a bundler for a browser or by Node. */
function chosen(exported: Exported, platform: "browser" | "node"): string | undefined {
  if (typeof exported === "string") return exported;
  const conditions = ["@moongate/source", platform, "default"];
  const taken = Object.keys(exported).find((condition) => conditions.includes(condition));
  const choice = taken === undefined ? undefined : exported[taken];
  return choice === undefined ? undefined : chosen(choice, platform);
}

function packageJson(folder: string): PackageJson {
  return readJson(join(folder, "package.json")) as PackageJson;
}

function tsconfig(folder: string): { readonly references?: readonly { readonly path: string }[] } {
  return readJson(join(folder, "tsconfig.json")) as ReturnType<typeof tsconfig>;
}

/** JSON with comments, as tsconfig.json may have them; npm and tsc check the shape. */
function readJson(path: string): unknown {
  const parsed = ts.parseConfigFileTextToJson(path, readFileSync(path, "utf8"));
  if (parsed.error !== undefined) throw new Error(`${path} is not JSON`);
  return parsed.config as unknown;
}
