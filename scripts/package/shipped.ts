import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ExportingManifest } from "./relative-imports.ts";
import { repository } from "../repository.ts";

export const PACKAGES = repository("packages");
const SCOPE = "@moongate/";
/** What the command is made of: this package and whatever it needs of the others. */
const COMMAND = "@moongate/cli";

export interface Manifest extends ExportingManifest {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

export interface ShippedPackage {
  /** Name of its folder under packages/. */
  readonly folder: string;
  readonly manifest: Manifest;
}

/** The workspaces that the published command needs, itself included. */
export function shippedPackages(): ShippedPackage[] {
  const all = new Map(
    readdirSync(PACKAGES).flatMap((folder) => {
      const file = join(PACKAGES, folder, "package.json");
      if (!existsSync(file)) return [];
      const manifest = JSON.parse(readFileSync(file, "utf8")) as Manifest;
      return [[manifest.name, { folder, manifest }] as const];
    }),
  );
  const needed = new Map<string, ShippedPackage>();
  const add = (name: string): void => {
    const found = all.get(name);
    if (found === undefined) throw new Error(`no package is called ${name}`);
    if (needed.has(name)) return;
    needed.set(name, found);
    for (const other of Object.keys(found.manifest.dependencies ?? {})) {
      if (other.startsWith(SCOPE)) add(other);
    }
  };
  add(COMMAND);
  return [...needed.values()];
}

/** Packages from elsewhere that the command needs at run time, with the versions asked for. */
export function outsideDependencies(): Record<string, string> {
  const named = shippedPackages().flatMap(({ manifest }) =>
    Object.entries(manifest.dependencies ?? {}).filter(([name]) => !name.startsWith(SCOPE)),
  );
  return Object.fromEntries(named.toSorted(([a], [b]) => a.localeCompare(b)));
}
