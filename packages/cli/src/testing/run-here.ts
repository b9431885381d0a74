import { run } from "../run.ts";
import type { Io } from "../terminal/io.ts";
import { fakeIo } from "./fake-io.ts";

/** Runs one command line in this process and tells all it did. */
export async function runHere(args: readonly string[], env: Io["env"] = {}) {
  const { io, out, err } = fakeIo(env);
  const status = await run(args, io);
  return { status, out: out(), err: err() };
}
