import { dirname, join, posix, relative, sep } from "node:path";

/** The built files that each import of a workspace stands for, as paths under the packages' folder. */
export type Entrances = ReadonlyMap<string, string>;

/** The parts of a workspace's package.json that say what may be imported from it. */
export interface ExportingManifest {
  readonly name: string;
  readonly exports?: Readonly<Record<string, { readonly default?: string }>>;
}

/** Maps `@moongate/ring` and `@moongate/ring/part` to `ring/dist/index.js` and the like. */
export function entrancesOf(folder: string, { name, exports = {} }: ExportingManifest): Entrances {
  return new Map(
    Object.entries(exports).flatMap(([path, conditions]) =>
      conditions.default === undefined
        ? []
        : [[posix.join(name, path), posix.join(folder, conditions.default)]],
    ),
  );
}

/**
 * Rewrites imports of workspaces in a built module to relative paths, so that the modules find each
 * other in one published package, without a node_modules of their own.
 * @param file the module's path under the packages' folder
 * @throws Error for an import that no entrance answers, which would only fail at the user's
 */
export function withRelativeImports(file: string, text: string, entrances: Entrances): string {
  return text.replace(
    /(\bfrom |\bimport |\bimport\()(["'])(@moongate\/[^"']+)\2/g,
    (_all, keyword: string, quote: string, specifier: string) => {
      const target = entrances.get(specifier);
      if (target === undefined)
        throw new Error(`${file} imports ${specifier}, which nobody exports`);
      const path = relative(dirname(file), join(target)).split(sep).join("/");
      return `${keyword}${quote}${path.startsWith(".") ? path : `./${path}`}${quote}`;
    },
  );
}
