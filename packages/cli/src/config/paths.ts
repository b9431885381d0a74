import { dirname, isAbsolute, resolve } from "node:path";

/** Paths of the keys under which configuration files name other files. */
const FILE_KEYS = [
  "identity.certificate",
  "identity.key",
  "data.file",
  "directory",
  "registers",
  "model",
  "noiseKey",
] as const;

/** A configuration with its relative file names taken from the configuration file's own folder. */
export function resolveFiles(
  config: Readonly<Record<string, unknown>>,
  configFile: string,
): Record<string, unknown> {
  const base = dirname(resolve(configFile));
  const at = (value: unknown, path: string): unknown => {
    if (typeof value === "string") {
      const names = FILE_KEYS.some((key) => key === path) && value !== "";
      return names && !isAbsolute(value) ? resolve(base, value) : value;
    }
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [
        key,
        at(each, path === "" ? key : `${path}.${key}`),
      ]),
    );
  };
  return at(config, "") as Record<string, unknown>;
}
