// Serves the page: from the sources on this machine, or with --lan, built, to everybody in the room.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderUnicodeCompact } from "uqr";
import { build, createServer, preview } from "vite";

const configFile = join(import.meta.dirname, "..", "vite.config.ts");
const say = (line) => process.stdout.write(`${line}\n`);

/** The sources, and no more than this machine sees them. */
async function serveHere() {
  const server = await createServer({ configFile, server: { host: "127.0.0.1" } });
  await server.listen();
  say(`The workshop: ${server.resolvedUrls?.local[0]}`);
}

/**
 * The built page alone: a server of sources would show the room whatever else lies in this folder,
 * runs of a federation included.
 */
async function serveRoom() {
  const outDir = mkdtempSync(join(tmpdir(), "moongate-workshop-"));
  process.once("exit", () => rmSync(outDir, { recursive: true, force: true }));
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit());
  say("Building the page ...");
  await build({ configFile, mode: "folder", logLevel: "warn", build: { outDir } });
  const server = await preview({ configFile, build: { outDir }, preview: { host: true } });
  const { local = [], network = [] } = server.resolvedUrls ?? {};
  const [address] = network;
  if (address === undefined) {
    say(`The workshop: ${local[0]}`);
    say("This machine has no address in a network: join the room's first, and start again.");
  } else {
    say(
      `The workshop: ${address}\n${renderUnicodeCompact(address)}\nScan it, or type the address.`,
    );
  }
}

await (process.argv.includes("--lan") ? serveRoom() : serveHere());
say("Stop it with Ctrl+C.");
