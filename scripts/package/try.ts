// `npm run package:try [-- --write]`: packs the project as it would be published, installs the file
// into an empty folder and runs a small demo there with nothing of the repository at hand.
// --write puts both install sizes into README.md.
import { execFileSync } from "node:child_process";
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { repository } from "../repository.ts";

const { values } = parseArgs({ options: { write: { type: "boolean", default: false } } });
const WINDOWS = process.platform === "win32";
const README = repository("README.md");
const MARKERS = /(<!-- install sizes: [^\n]*-->\n)[\s\S]*?(<!-- end of install sizes -->)/;

const folder = mkdtempSync(join(tmpdir(), "moongate-package-"));
try {
  const prefix = join(folder, "prefix");
  const empty = join(folder, "empty");
  mkdirSync(empty);
  const packed = run(
    "npm",
    ["pack", "--silent", "--pack-destination", folder],
    repository(),
  ).trim();
  const file = join(folder, packed.split("\n").at(-1) ?? "");
  run("npm", ["install", "--global", "--prefix", prefix, "--no-audit", "--no-fund", file], folder);
  const command = WINDOWS ? join(prefix, "moongate.cmd") : join(prefix, "bin", "moongate");
  const version = run(command, ["--version"], empty).trim();
  run(command, ["demo", "--rows", "600", "--epochs", "1"], empty);
  const user = megabytes(prefix);
  const developer = megabytes(repository("node_modules"));
  process.stdout.write(
    `moongate ${version} installed from its package in ${user} MB; its demo ran in an empty folder\n`,
  );
  if (values.write) {
    const text = readFileSync(README, "utf8");
    if (!MARKERS.test(text)) throw new Error("README.md lacks the markers of the install sizes");
    const sizes =
      `The installed command takes ${user} MB with all it needs; a clone to develop in, ` +
      `${developer} MB (${process.platform}, Node ${process.versions.node}).\n`;
    writeFileSync(
      README,
      text.replace(MARKERS, (_all, from, to) => `${from}${sizes}${to}`),
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Runs a command to its end and returns what it printed; its errors go to this terminal. */
function run(command: string, args: readonly string[], cwd: string): string {
  return execFileSync(command, args, {
    cwd,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
    shell: WINDOWS,
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** Sizes of all files under a folder, links not followed, in whole megabytes. */
function megabytes(path: string): number {
  const bytes = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + lstatSync(join(parentPath, name)).size, 0);
  return Math.ceil(bytes / 1e6);
}
