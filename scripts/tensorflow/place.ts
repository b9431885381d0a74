import { existsSync, realpathSync } from "node:fs";
import { mkdir, rm, symlink } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { MoongateError } from "@moongate/errors";
import { findLibrary, type Library, linksTo } from "./library.ts";
import { unpackWheel, WHEEL } from "./wheel.ts";

/**
 * Lays libtensorflow where tfjs-node's build looks for it: `deps/` in its folder, which is emptied
 * before.
 *
 * @param home tfjs-node's folder.
 * @param given the user's own folder with libtensorflow, which gets links to it; without one, pip
 *   brings a wheel.
 * @throws TENSORFLOW_INSTALL; nothing has been removed by then if the given folder is at fault.
 */
export async function placeLibrary(
  home: string,
  given: string | undefined,
  report: (line: string) => void,
): Promise<void> {
  const deps = join(home, "deps");
  let library: Library;
  if (given === undefined) {
    await rm(deps, { recursive: true, force: true });
    report(`downloading ${WHEEL.name} ${WHEEL.release} with pip (about 300 MB)`);
    const { folder, version } = await unpackWheel(join(deps, "wheel"));
    report(`${WHEEL.name} ${version} is unpacked`);
    library = findLibrary(folder);
  } else {
    library = findLibrary(resolve(given));
    requireOutside(deps, library);
    await rm(deps, { recursive: true, force: true });
  }
  await mkdir(join(deps, "lib"), { recursive: true });
  await symlink(library.include, join(deps, "include"));
  for (const [name, path] of linksTo(library)) await symlink(path, join(deps, "lib", name));
  report(`libtensorflow is ${library.library}`);
}

/** What lies in `deps` goes with it; a link in there to a library elsewhere as well. */
function requireOutside(deps: string, { library, framework, include }: Library): void {
  if (!existsSync(deps)) return;
  const folder = realpathSync(deps);
  for (const path of [library, framework, include]) {
    const inside = [deps, folder].some(
      (each) => isWithin(each, path) || isWithin(each, realpathSync(path)),
    );
    if (!inside) continue;
    throw new MoongateError("TENSORFLOW_INSTALL", `${path} is in ${deps}, which is emptied first`, {
      cure: "Move the folder elsewhere and give that, or leave --libtensorflow out.",
    });
  }
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`);
}
