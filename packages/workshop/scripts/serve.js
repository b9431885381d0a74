// Serves the page from the sources: on this machine, or with --lan to everybody in the room.
import { join } from "node:path";
import { createServer } from "vite";

const lan = process.argv.includes("--lan");
const configFile = join(import.meta.dirname, "..", "vite.config.ts");
const server = await createServer({ configFile, server: { host: lan ? true : "127.0.0.1" } });
await server.listen();
const { local = [], network = [] } = server.resolvedUrls ?? {};
process.stdout.write(
  `The workshop: ${(lan ? network[0] : local[0]) ?? local[0]}\nStop it with Ctrl+C.\n`,
);
