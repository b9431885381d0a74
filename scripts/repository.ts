import { join } from "node:path";

/** The repository's folder, above scripts/ or, built, scripts/dist/. */
const ROOT = import.meta.dirname.slice(0, import.meta.dirname.lastIndexOf("scripts") - 1);

/** A path in the repository. */
export function repository(...parts: readonly string[]): string {
  return join(ROOT, ...parts);
}
