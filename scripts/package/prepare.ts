// `npm pack` runs this first: it gathers the built packages under lib/, as one package that can be
// installed anywhere. Modules stay files of their own, so that a stack trace names the real place.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { type ExportingManifest, entrancesOf, withRelativeImports } from "./relative-imports.ts";
import { repository } from "../repository.ts";
import { PACKAGES, shippedPackages } from "./shipped.ts";

const LIB = repository("lib");
const shipped = shippedPackages();
const entrances = new Map(
  shipped.flatMap(({ folder, manifest }) => [...entrancesOf(folder, manifest)]),
);

rmSync(LIB, { recursive: true, force: true });
for (const { folder, manifest } of shipped) {
  for (const file of modulesUnder(join(PACKAGES, folder, "dist"))) {
    const path = relative(PACKAGES, file).split(sep).join("/");
    const target = join(LIB, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, withRelativeImports(path, readFileSync(file, "utf8"), entrances));
  }
  const bin = join(PACKAGES, folder, "bin");
  if (existsSync(bin)) cpSync(bin, join(LIB, folder, "bin"), { recursive: true });
  writeFileSync(
    join(LIB, folder, "package.json"),
    `${JSON.stringify(shippedManifest(manifest))}\n`,
  );
}

/** The little that running code reads of its package.json: the version and the kind of module. */
function shippedManifest({ name, version }: ExportingManifest & { readonly version: string }) {
  return { name, version, type: "module", private: true };
}

/** Every built module under a folder; maps and declarations stay behind. */
function modulesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".js"))
    .map((entry) => join(entry.parentPath, entry.name));
}
