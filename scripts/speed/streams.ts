import { randomBytes } from "node:crypto";
import { MaskStreams } from "@moongate/mpc";

/** How fast masks are expanded: AES-256-CTR into memory that is used again, by CPU time. */
export function benchStreams(): { readonly gigabytesPerSecond: number } {
  const streams = new MaskStreams(randomBytes(32), { session: "bench", incarnation: 0 });
  const mask = streams.tableMask(0, 32);
  const target = new Uint8Array(2 ** 18);
  const rounds = 2000;
  const before = process.cpuUsage();
  for (let round = 0; round < rounds; round++) mask.fill(round * 2 ** 10, target);
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1e6;
  return { gigabytesPerSecond: Math.round((rounds * target.length) / seconds / 1e7) / 100 };
}
