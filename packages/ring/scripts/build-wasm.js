// Compiles assembly/ and writes the module as base64 into src/generated/kernels.ts.
import { mkdir, readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const home = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(home, "assembly");
const target = join(home, "src", "generated", "kernels.ts");

/** True if the output is younger than every source and than this script. */
async function isFresh(names) {
  const inputs = [...names.map((name) => join(source, name)), fileURLToPath(import.meta.url)];
  const output = await stat(target).catch(() => undefined);
  if (output === undefined) return false;
  const times = await Promise.all(inputs.map(async (path) => (await stat(path)).mtimeMs));
  return times.every((time) => time < output.mtimeMs);
}

async function compile() {
  const { default: asc } = await import("assemblyscript/asc");
  const written = new Map();
  const options = ["assembly/index.ts", "-O3", "--noAssert", "--runtime", "stub"];
  const memory = ["--importMemory", "--initialMemory", "1", "--enable", "simd"];
  const { error, stderr } = await asc.main([...options, ...memory, "--outFile", "kernels.wasm"], {
    readFile: (name, base) => readFile(join(base, name), "utf8").catch(() => null),
    writeFile: (name, contents) => void written.set(name, contents),
    listFiles: (folder, base) => readdir(join(base, folder)).catch(() => null),
    stderr: process.stderr,
  });
  if (error) throw new Error(`the kernels do not compile: ${error.message}`, { cause: stderr });
  return written.get("kernels.wasm");
}

const names = (await readdir(source)).filter((name) => name.endsWith(".ts"));
if (!(await isFresh(names))) {
  process.chdir(home);
  const binary = await compile();
  const base64 = Buffer.from(binary).toString("base64");
  const text = [
    "// Written by scripts/build-wasm.js from assembly/; not to be edited.",
    `export const KERNELS_BASE64: string =\n  "${base64}";`,
    "",
  ].join("\n");
  await mkdir(dirname(target), { recursive: true });
  // Written aside and renamed: a reader never sees half a module.
  const aside = `${target}.${process.pid}`;
  await writeFile(aside, text);
  await rename(aside, target);
  process.stdout.write(`ring kernels: ${binary.length} bytes\n`);
}
