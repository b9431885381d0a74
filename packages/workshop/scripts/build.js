// Writes the page twice: a folder for a web server, and one file that opens by double click.
import { statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { build } from "vite";

const MOST_BYTES = 6e6;
const root = join(import.meta.dirname, "..");
const folder = resolve(process.argv[2] ?? join(root, "dist"));
const configFile = join(root, "vite.config.ts");
const make = (mode, outDir) =>
  build({ configFile, mode, logLevel: "warn", build: { outDir, emptyOutDir: true } });

await make("folder", join(folder, "folder"));
await make("one-file", join(folder, "one-file"));

const file = join(folder, "one-file", "moongate-workshop.html");
const bytes = statSync(file).size;
if (bytes > MOST_BYTES) throw new Error(`the page has ${bytes} bytes, more than ${MOST_BYTES}`);
const shown = (path) => relative(process.cwd(), path);
process.stdout.write(
  `For a web server: ${shown(join(folder, "folder"))}\n` +
    `To hand out:      ${shown(file)} (${(bytes / 1e6).toFixed(2)} MB; opens by double click)\n`,
);
