import type { Io, Output } from "../terminal/io.ts";

/** Streams that keep what is written, for tests. */
export function fakeIo(env: Io["env"] = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const keep = (kept: string[]): Output => ({ write: (text: string) => kept.push(text) });
  const io: Io = { stdout: keep(out), stderr: keep(err), env };
  return { io, out: () => out.join(""), err: () => err.join("") };
}
