import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "smol-toml";
import { afterAll } from "vitest";
import { type Ended, moongate, ROOT, type Running, start } from "./moongate.ts";

export type RoleName = "coordinator" | "media" | "commerce";
export const ROLES: readonly RoleName[] = ["coordinator", "media", "commerce"];

type Toml = Record<string, unknown>;

/** Changes to the three configurations of `examples/`. */
export interface Setup {
  readonly coordinator?: Toml;
  readonly media?: Toml;
  readonly commerce?: Toml;
  /** Score by the models that a federation before this one trained in the same folder. */
  readonly predict?: true;
  /** Variables of each process's environment. */
  readonly environment?: (role: RoleName) => Readonly<Record<string, string>>;
  /** A program that takes the coordinator's place: gets the configuration file as its argument. */
  readonly startCoordinator?: (configFile: string) => Running;
}

export const USERS = 2000;

interface Ground {
  readonly folder: string;
  readonly fingerprints: Record<RoleName, string>;
}

let ground: Promise<Ground> | undefined;
afterAll(async () => {
  if (ground !== undefined) rmSync((await ground).folder, { recursive: true, force: true });
});

/** Tables in `data` and keys in `keys`: made once for a test file and copied for each test. */
async function prepare(folder: string): Promise<Record<RoleName, string>> {
  ground ??= makeGround(mkdtempSync(join(tmpdir(), "moongate-test-")));
  const made = await ground;
  cpSync(made.folder, folder, { recursive: true });
  return made.fingerprints;
}

async function makeGround(folder: string): Promise<Ground> {
  await writeTables(folder);
  return { folder, fingerprints: await makeKeys(folder) };
}

/** Writes a small and narrow synthetic population with the command a user would type. */
async function writeTables(folder: string): Promise<void> {
  await succeed([
    "data",
    "--out",
    join(folder, "data"),
    "--users",
    String(USERS),
    "--topics",
    "0",
    "--seed",
    "test",
  ]);
}

/** Makes the three keys with the command a user would type; their fingerprints. */
async function makeKeys(folder: string): Promise<Record<RoleName, string>> {
  const made = await Promise.all(
    ROLES.map(async (role) => {
      const { stdout } = await succeed([
        "keys",
        "--name",
        role,
        "--out",
        join(folder, "keys"),
        "--json",
      ]);
      return [role, (JSON.parse(stdout) as { fingerprint: string }).fingerprint] as const;
    }),
  );
  return Object.fromEntries(made) as Record<RoleName, string>;
}

/** Those of the keys in the folder, as the configurations of the training there have them. */
function fingerprintsOf(folder: string): Record<RoleName, string> {
  const of = (role: RoleName, table: string): string => {
    const config = parse(readFileSync(join(folder, `${role}.toml`), "utf8"));
    return (config[table] as { fingerprint: string }).fingerprint;
  };
  return {
    coordinator: of("media", "coordinator"),
    media: of("commerce", "peer"),
    commerce: of("media", "peer"),
  };
}

/** The three processes, started by hand from the example files as three terminals would. */
export async function startFederation(
  folder: string,
  setup: Setup = {},
): Promise<Record<RoleName, Running>> {
  const predict = setup.predict === true;
  const fingerprints = predict ? fingerprintsOf(folder) : await prepare(folder);
  const { media, commerce } = fingerprints;
  const config = (role: RoleName, changes: Toml): string => {
    const name = predict && role !== "coordinator" ? `${role}-predict` : role;
    const example = parse(readFileSync(join(ROOT, "examples", `${name}.toml`), "utf8"));
    const own: Toml = {
      identity: { certificate: `keys/${role}.cert.pem`, key: `keys/${role}.key.pem` },
      directory: `runs/${name}`,
      ...(name === role ? {} : { model: `runs/${role}/model` }),
    };
    const file = join(folder, `${name}.toml`);
    writeFileSync(
      file,
      stringify(merged(merged(merged(example, own), changes), setup[role] ?? {})),
    );
    return file;
  };
  mkdirSync(join(folder, "runs"), { recursive: true });

  const coordinatorFile = config("coordinator", {
    listen: { host: "127.0.0.1", port: 0 },
    sessions: 1,
    trusted: [{ media, commerce }],
  });
  const coordinator =
    setup.startCoordinator?.(coordinatorFile) ?? startRole("coordinator", coordinatorFile, setup);
  const listening = JSON.parse(await coordinator.line(/"listening"/)) as { port: number };

  const party = (role: "media" | "commerce", peer: string): Running =>
    startRole(
      role,
      config(role, {
        coordinator: {
          url: `wss://127.0.0.1:${listening.port}`,
          fingerprint: fingerprints.coordinator,
        },
        peer: { fingerprint: peer },
        data: { file: `data/${role}.csv` },
      }),
      setup,
    );
  return { coordinator, media: party("media", commerce), commerce: party("commerce", media) };
}

/** Resolves when commerce has trained for some steps. */
export async function training({ commerce }: Record<RoleName, Running>): Promise<void> {
  await commerce.line(/"event":"progress","phase":"training"/);
}

function startRole(role: RoleName, file: string, { environment }: Setup): Running {
  const args = [role, "--config", file, "--progress", "json"];
  return start(args, ROOT, environment?.(role) ?? {});
}

async function succeed(args: readonly string[]): Promise<Ended> {
  const ended = await moongate(args);
  if (ended.status !== 0) throw new Error(`moongate ${args.join(" ")}:\n${ended.stderr}`);
  return ended;
}

/** Tables are merged key by key, anything else is replaced. */
function merged(base: Toml, changes: Toml): Toml {
  const result = { ...base };
  for (const [key, value] of Object.entries(changes)) {
    const old = result[key];
    result[key] = isTable(old) && isTable(value) ? merged(old, value) : value;
  }
  return result;
}

function isTable(value: unknown): value is Toml {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
