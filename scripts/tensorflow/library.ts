import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { MoongateError } from "@moongate/errors";

/** Where the parts of one libtensorflow lie. */
export interface Library {
  /** The library with the C API, under the name it was given or built with. */
  readonly library: string;
  readonly framework: string;
  /** Folder that holds tensorflow/c/c_api.h. */
  readonly include: string;
}

/** The C library's own name, and the one inside Python's wheel. */
const LIBRARY_NAMES = ["libtensorflow.so.2", "libtensorflow_cc.so.2"];
const FRAMEWORK_NAME = "libtensorflow_framework.so.2";
const HEADER = join("tensorflow", "c", "c_api.h");

/**
 * Finds libtensorflow in a folder: an unpacked C archive (lib/ and include/), the `tensorflow`
 * folder of an unpacked wheel, or a folder above either.
 *
 * @throws TENSORFLOW_INSTALL naming the part that is missing.
 */
export function findLibrary(folder: string): Library {
  const places = [folder, join(folder, "lib"), join(folder, "tensorflow")];
  const library = firstThere(places, LIBRARY_NAMES);
  const framework = firstThere(places, [FRAMEWORK_NAME]);
  const include = places
    .map((place) => join(place, "include"))
    .find((place) => existsSync(join(place, HEADER)));
  if (library === undefined) throw missing(folder, LIBRARY_NAMES.join(" or "));
  if (framework === undefined) throw missing(folder, FRAMEWORK_NAME);
  if (include === undefined) throw missing(folder, join("include", HEADER));
  return { library, framework, include };
}

/**
 * The links that tfjs-node's build and its addon look for, by their path under tfjs-node's
 * deps/lib: the names given to the linker, and the names the libraries ask for when they load.
 */
export function linksTo({ library, framework }: Library): ReadonlyMap<string, string> {
  return new Map([
    ["libtensorflow.so", library],
    ["libtensorflow.so.2", library],
    [basename(library), library],
    ["libtensorflow_framework.so", framework],
    [FRAMEWORK_NAME, framework],
  ]);
}

function firstThere(places: readonly string[], names: readonly string[]): string | undefined {
  return places
    .flatMap((place) => names.map((name) => join(place, name)))
    .find((path) => existsSync(path));
}

function missing(folder: string, what: string): MoongateError {
  return new MoongateError("TENSORFLOW_INSTALL", `${folder} has no ${what}`, {
    cure: "Give the folder of an unpacked libtensorflow archive for Linux, or of an unpacked tensorflow wheel.",
  });
}
