import { readFileSync } from "node:fs";
import { z } from "zod";

/** The version in this package's package.json, one folder above the source and above the build. */
export const version: string = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"))).version;
