import { builtinModules } from "node:module";
import { posix } from "node:path";
import { COMPUTED, type Import, importsOf, namesOf } from "./imports.ts";
import {
  BUNDLED,
  EVERYTHING,
  MAY_IMPORT,
  MUST_NOT_REACH,
  TESTS_MAY_IMPORT,
  WITHOUT_NODE,
} from "./table.ts";
import type { Manifest, Source, Tree } from "./tree.ts";

const SCOPE = "@moongate/";

/** A rule: a sentence for each place that breaks it. */
export type Rule = (tree: Tree) => string[];

/** Sources import only what the table allows; tests and what they use have rows of their own. */
export const followsTable: Rule = ({ sources }) =>
  sources.filter(isInside).flatMap((source) => {
    const targets = isForTests(source.path) ? allowedInTests : allowed;
    return ownImports(source)
      .filter((target) => !targets(packageOf(source)).has(target))
      .map((target) => `${source.path} imports ${target}, which the table forbids`);
  });

/** No row of a table names a package that stands below it: no import, a test's included, runs up. */
export function pointsDown(
  order: readonly string[],
  rows: Readonly<Record<string, readonly string[]>>,
): string[] {
  return Object.entries(rows).flatMap(([name, targets]) =>
    targets
      .filter((target) => target !== EVERYTHING)
      .filter((target) => !order.slice(0, Math.max(0, order.indexOf(name))).includes(target))
      .map((target) => `${name} may import ${target}, which does not stand above it`),
  );
}

/** package.json declares what is imported and nothing the table forbids; tsconfig.json agrees. */
export const declaresImports: Rule = ({ sources, manifests, testTools }) => [
  ...sources.flatMap((source) => undeclared(source, manifests, testTools)),
  ...manifests.flatMap(forbiddenDependencies),
  ...manifests.flatMap(differentReferences),
];

/** No relative import leaves its package: packages meet at what their package.json exports. */
export const staysInside: Rule = ({ sources, manifests }) => {
  const entrances = new Set(manifests.flatMap((manifest) => manifest.entrances));
  return sources.flatMap((source) => [
    ...relativeImports(source)
      .filter((target) => !target.startsWith(`packages/${packageOf(source)}/`))
      .map((target) => `${source.path} reaches into ${target}`),
    ...ownSpecifiers(source)
      .filter((specifier) => specifier.split("/").length > 2 && !entrances.has(specifier))
      .map((specifier) => `${source.path} reaches past an index: ${specifier}`),
    ...specifiersOf(source)
      .filter((specifier) => specifier === COMPUTED && isShipped(source))
      .map(() => `${source.path} imports a computed name`),
  ]);
};

/** No file imports itself through others, for types or for values. */
export const hasNoCycles: Rule = ({ sources }) => {
  const graph = new Map(sources.map((source) => [source.path, relativeImports(source)]));
  return cycles(graph).map((cycle) => `these files import each other: ${cycle.join(" -> ")}`);
};

/** Code does not lean on what only tests use, which answers to looser rules. */
export const shipsNoTests: Rule = ({ sources }) =>
  sources.filter(isShipped).flatMap((source) =>
    relativeImports(source)
      .filter(isForTests)
      .map((target) => `${source.path} imports ${target}, which is for tests`),
  );

/** What must be unreachable is so, in the table and in what the sources really import. */
export const keepsApart: Rule = ({ sources }) => {
  const real = new Map<string, string[]>();
  for (const source of sources.filter(isShipped)) {
    const known = real.get(packageOf(source)) ?? [];
    real.set(packageOf(source), [...known, ...ownImports(source)]);
  }
  const table = new Map(Object.keys(MAY_IMPORT).map((name) => [name, [...allowed(name)]]));
  return Object.entries(MUST_NOT_REACH).flatMap(([from, targets]) =>
    targets
      .filter((target) => reach(table, from).has(target) || reach(real, from).has(target))
      .map((target) => `${from} reaches ${target}`),
  );
};

/** What runs in a browser names no Node module, and nothing that Node alone has. */
export const runsInBrowser: Rule = ({ sources, manifests }) => {
  const files = new Map(sources.map((source) => [source.path, source]));
  const entrances: Record<string, string> = {};
  for (const { inBrowser } of manifests) Object.assign(entrances, inBrowser);
  const loaded = ({ specifier, erased }: Import, source: Source): string[] => {
    if (erased) return [];
    const entered = entrances[specifier];
    return entered === undefined ? resolved(source, specifier) : [entered];
  };
  const graph = new Map(
    sources.map((source) => [
      source.path,
      importsOf(source).flatMap((each) => loaded(each, source)),
    ]),
  );
  const reached = new Set(
    WITHOUT_NODE.flatMap((entrance) => entrances[entrance] ?? []).flatMap((entry) => [
      entry,
      ...reach(graph, entry),
    ]),
  );
  return [...reached]
    .flatMap((path) => files.get(path) ?? [])
    .flatMap((source) => [
      ...importsOf(source)
        .filter(({ specifier, erased }) => !erased && isBuiltin(specifier))
        .map(({ specifier }) => `${source.path} imports ${specifier} and must run in a browser`),
      ...NODE_GLOBALS.filter((name) => namesOf(source).has(name)).map(
        (name) => `${source.path} uses ${name} and must run in a browser`,
      ),
    ]);
};

/** Globals that a browser has not. */
const NODE_GLOBALS = ["Buffer", "process", "__dirname"];

/** What a package may import by the table, `errors` included. */
function allowed(name: string): ReadonlySet<string> {
  const row = MAY_IMPORT[name] ?? [];
  const targets = row.includes(EVERYTHING) ? Object.keys(MAY_IMPORT) : ["errors", ...row];
  return new Set(targets.filter((target) => target !== name));
}

/** What a package's tests may import by the tables. */
function allowedInTests(name: string): ReadonlySet<string> {
  return new Set([...allowed(name), ...(TESTS_MAY_IMPORT[name] ?? [])]);
}

/** A package's source or test: not a script or a launcher. */
function isInside({ path }: Source): boolean {
  return path.includes("/src/");
}

/** A package's own code: not a test or what only tests use, not a script or a launcher. */
export function isShipped(source: Source): boolean {
  return isInside(source) && !isForTests(source.path);
}

/** Tests (x.test.ts), their helpers (x.fixture.ts) and the folder src/testing. */
export function isForTests(path: string): boolean {
  return /\.(test|fixture)\.[cm]?ts$/.test(path) || path.includes("/src/testing/");
}

export function packageOf({ path }: Source): string {
  return path.split("/")[1] ?? "";
}

function specifiersOf(source: Source): string[] {
  return importsOf(source).map(({ specifier }) => specifier);
}

/** A relative import as a path in the repository; nothing for another import. */
function resolved(source: Source, specifier: string): string[] {
  if (!specifier.startsWith(".")) return [];
  return [posix.join(posix.dirname(source.path), specifier)];
}

function ownSpecifiers(source: Source): string[] {
  return specifiersOf(source).filter((specifier) => specifier.startsWith(SCOPE));
}

/** The packages of this repository that a source imports. */
function ownImports(source: Source): string[] {
  return ownSpecifiers(source).map((specifier) => specifier.split("/")[1] ?? "");
}

/** The paths, relative to the repository, that a source imports by relative path. */
function relativeImports(source: Source): string[] {
  return specifiersOf(source).flatMap((specifier) => resolved(source, specifier));
}

function isBuiltin(specifier: string): boolean {
  return specifier.startsWith("node:") || builtinModules.includes(specifier);
}

function undeclared(
  source: Source,
  manifests: readonly Manifest[],
  testTools: readonly string[],
): string[] {
  const manifest = manifests.find(({ name }) => name === packageOf(source));
  const shipped = isShipped(source);
  const bundled = BUNDLED.some((path) => source.path.startsWith(path));
  const declared = new Set([
    ...(manifest?.dependencies ?? []),
    ...(shipped && !bundled ? [] : (manifest?.devDependencies ?? [])),
    ...(shipped ? [] : testTools),
  ]);
  return specifiersOf(source)
    .filter((specifier) => specifier !== COMPUTED && !specifier.startsWith("."))
    .filter((specifier) => !isBuiltin(specifier))
    .map((specifier) => specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/"))
    .filter((name) => !declared.has(name))
    .map((name) => `${source.path} imports ${name}, which its package.json does not declare`);
}

function forbiddenDependencies({ name, dependencies }: Manifest): string[] {
  if (MAY_IMPORT[name] === undefined) return [`the package ${name} is not in the table`];
  return dependencies
    .filter((dependency) => dependency.startsWith(SCOPE))
    .map((dependency) => dependency.slice(SCOPE.length))
    .filter((target) => !allowed(name).has(target))
    .map((target) => `${name}'s package.json depends on ${target}, which the table forbids`);
}

function differentReferences({ name, dependencies, references }: Manifest): string[] {
  if (BUNDLED.includes(`packages/${name}/`)) return []; // its bundler follows imports itself
  const own = dependencies.filter((dependency) => dependency.startsWith(SCOPE));
  const declared = own.map((dependency) => dependency.slice(SCOPE.length)).sort();
  const referred = [...references].sort();
  if (declared.join() === referred.join()) return [];
  return [
    `${name}'s tsconfig.json refers to ${referred.join(", ") || "nothing"} and its package.json to ${declared.join(", ") || "nothing"}`,
  ];
}

/** Everything reachable from a node, the node itself only by a cycle. */
function reach(graph: ReadonlyMap<string, readonly string[]>, from: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const visit = (node: string): void => {
    for (const next of graph.get(node) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      visit(next);
    }
  };
  visit(from);
  return seen;
}

/** One cycle through each node where a depth-first walk closes one. */
function cycles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  const walk = (node: string, trail: readonly string[]): void => {
    const at = trail.indexOf(node);
    if (at >= 0) found.push([...trail.slice(at), node]);
    if (at >= 0 || done.has(node)) return;
    for (const next of graph.get(node) ?? []) walk(next, [...trail, node]);
    done.add(node);
  };
  for (const node of graph.keys()) walk(node, []);
  return found;
}
