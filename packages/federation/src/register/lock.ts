import { randomBytes } from "node:crypto";
import { open, readFile, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { MoongateError } from "@moongate/errors";

const POLL_MS = 20;
const PATIENCE_MS = 10_000;

/** Who holds a lock; the nonce tells two locks of one process apart. */
interface Holder {
  readonly host: string;
  readonly pid: number;
  readonly nonce: string;
}

/**
 * Runs the body while this process alone holds the lock file `<path>.lock`.
 *
 * A lock whose process is gone (on this machine) is broken, under a lock of its own so that nobody
 * breaks a lock that was taken meanwhile. A holder on another machine cannot be looked up: it is
 * waited for.
 *
 * @throws MoongateError REGISTER_LOCKED when it stays held for ten seconds.
 */
export async function withLock<T>(path: string, body: () => Promise<T>): Promise<T> {
  const lock = `${path}.lock`;
  await acquire(lock, true);
  try {
    return await body();
  } finally {
    await rm(lock, { force: true });
  }
}

async function acquire(lock: string, breaking: boolean): Promise<void> {
  for (let waited = 0; !(await taken(lock)); waited += POLL_MS) {
    if (waited >= PATIENCE_MS) {
      throw new MoongateError("REGISTER_LOCKED", `another process holds ${lock}`, {
        cure: `Wait for it; if no other process of this party runs, remove ${lock}.`,
      });
    }
    if (breaking && isGone(await holderOf(lock))) await breakLock(lock);
    else await sleep(POLL_MS);
  }
}

/** Creates the lock file; false if there is one. */
async function taken(lock: string): Promise<boolean> {
  const own: Holder = {
    host: hostname(),
    pid: process.pid,
    nonce: randomBytes(8).toString("hex"),
  };
  try {
    const handle = await open(lock, "wx", 0o600);
    await handle.writeFile(JSON.stringify(own)).finally(() => handle.close());
    return true;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw thrown;
  }
}

/** Removes the lock if it is still one of a process that is gone: told again under a second lock. */
async function breakLock(lock: string): Promise<void> {
  const breaker = `${lock}.break`;
  await acquire(breaker, false);
  try {
    if (isGone(await holderOf(lock))) await rm(lock, { force: true });
  } finally {
    await rm(breaker, { force: true });
  }
}

/** The holder of a lock; undefined for a lock that is just being written, or just gone. */
async function holderOf(lock: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(lock, "utf8")) as Holder;
  } catch {
    return undefined;
  }
}

function isGone(holder: Holder | undefined): boolean {
  if (holder?.host !== hostname()) return false;
  try {
    process.kill(holder.pid, 0);
    return false;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === "ESRCH";
  }
}
