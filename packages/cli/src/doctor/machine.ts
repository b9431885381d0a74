import { randomBytes } from "node:crypto";
import { mkdtemp, rm, stat, statfs } from "node:fs/promises";
import { availableParallelism, tmpdir, totalmem } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { EXIT } from "@moongate/errors";
import { writeWhole } from "@moongate/files";
import { loadEngine } from "@moongate/learning";
import { Ring } from "@moongate/ring";
import { createIdentity, dial, listen } from "@moongate/transport";
import { bytes } from "@moongate/text";
import { bad, type Check, good, look } from "./diagnosis.ts";

/** The oldest Node that Moongate runs on. */
const OLDEST = [20, 19] as const;
/** Room for a run of a large table, and for any run at all. */
const ROOM = { comfortable: 2e9, least: 50e6 };
/** The three processes of a demo take about 0.6 GB together. */
const MEMORY = { comfortable: 2e9, least: 700e6 };
const DAY_MS = 86_400_000;

/** What a session needs of the machine, whatever its configuration. */
export const machineChecks: readonly Check[] = [
  { what: "Node", look: node },
  { what: "disk", look: disk },
  { what: "memory", look: memory },
  { what: "clock", look: clock },
  { what: "file rights", look: fileRights },
  { what: "randomness", look: randomness },
  { what: "masked arithmetic", look: arithmetic },
  { what: "engine", look: engine },
  { what: "loopback TLS", look: loopback },
];

function node(): ReturnType<typeof good> {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const found = `Node ${process.versions.node} on ${process.platform}, ${process.arch}`;
  const [oldest, itsMinor] = OLDEST;
  if (major > oldest || (major === oldest && minor >= itsMinor)) return good(found);
  return bad(found, `Install Node ${OLDEST.join(".")} or later.`, EXIT.unavailable);
}

async function disk(): Promise<ReturnType<typeof good>> {
  const folder = resolve(".");
  const { bavail, bsize } = await statfs(folder);
  const found = `${bytes(bavail * bsize)} free under ${folder}`;
  const cure = "Free some room, or choose a folder on another disk.";
  if (bavail * bsize < ROOM.least) return bad(found, cure, EXIT.inputOutput);
  return bavail * bsize < ROOM.comfortable ? look(found, cure) : good(found);
}

function memory(): ReturnType<typeof good> {
  const limit = process.constrainedMemory();
  const most = limit > 0 && limit < totalmem() ? limit : totalmem();
  const found = `${bytes(most)}, ${availableParallelism()} processors`;
  const cure = "Close other programs, or take fewer rows: memory goes with rows times columns.";
  if (most < MEMORY.least) return bad(found, cure, EXIT.internal);
  return most < MEMORY.comfortable ? look(found, cure) : good(found);
}

/** Certificates have dates: a clock before the day this program was written is surely wrong. */
async function clock(): Promise<ReturnType<typeof good>> {
  const { mtimeMs } = await stat(fileURLToPath(import.meta.url));
  const now = Date.now();
  const found = `${new Date(now).toISOString().slice(0, 16)}Z`;
  if (now > mtimeMs - DAY_MS) return good(found);
  return bad(`${found}, before this program was written`, "Set the clock.", EXIT.noInput);
}

async function fileRights(): Promise<ReturnType<typeof good>> {
  const folder = await mkdtemp(join(tmpdir(), "moongate-doctor-"));
  try {
    const file = join(folder, "mine");
    await writeWhole(file, "private\n");
    if (process.platform === "win32") {
      const cure = "Keep run directories and keys in a folder that is yours alone.";
      return look("on Windows the rights of the folder protect a file", cure);
    }
    const rights = (await stat(file)).mode & 0o777;
    if (rights === 0o600) return good("files are kept for their owner alone (0600)");
    const found = `this disk gives new files the rights ${rights.toString(8)}, not 600`;
    return look(found, "Keep keys and run directories on another disk.");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function randomness(): ReturnType<typeof good> {
  const [one, other] = [randomBytes(32), randomBytes(32)];
  if (!one.equals(other)) return good("the system's generator answers");
  return bad("the system's generator repeats itself", "Do not run anything here.", EXIT.internal);
}

/** One product of fixed-point words, which is known. */
async function arithmetic(): Promise<ReturnType<typeof good>> {
  const ring = await Ring.create();
  const a = ring.encode(ring.matrix(1, 2), [1.5, -2], 12);
  const b = ring.encode(ring.matrix(2, 1), [4, 0.25], 20);
  const [product] = ring.decode(ring.multiply(ring.matrix(1, 1), a, b), 32);
  if (product === 5.5) return good("WebAssembly computes as it should");
  const found = `1.5 × 4 - 2 × 0.25 comes to ${product ?? "nothing"}`;
  return bad(found, "Install Moongate again; report this.", EXIT.internal);
}

async function engine(): Promise<ReturnType<typeof good>> {
  const { name } = await loadEngine({ engine: "auto" });
  if (name !== "cpu") return good(`TensorFlow.js runs on ${name}`);
  const cure = "Local models train slowly on it; `npm run tensorflow` installs the native engine.";
  return look("TensorFlow.js runs on its plain engine", cure);
}

/** A link from this process to itself, as between a party and its coordinator. */
async function loopback(): Promise<ReturnType<typeof good>> {
  const [server, client] = await Promise.all(
    ["server", "client"].map((commonName) => createIdentity({ commonName })),
  );
  if (server === undefined || client === undefined) throw new Error("no identity was made");
  const listener = await listen({
    host: "127.0.0.1",
    port: 0,
    identity: server,
    trusted: [client.fingerprint],
    onLink: (link) => void link.ended,
  });
  try {
    const link = await dial({
      url: `wss://127.0.0.1:${listener.port}`,
      identity: client,
      pinned: server.fingerprint,
      peer: "this process",
      timeoutMs: 5000,
    });
    await link.close();
    return good("a port can be opened on 127.0.0.1 and TLS 1.3 with pinned certificates works");
  } finally {
    await listener.close();
  }
}
