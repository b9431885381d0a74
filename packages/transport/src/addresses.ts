import { isIPv4, isIPv6 } from "node:net";

/** What counts as one address: one of IPv4, or the /64 network that an IPv6 host is given whole. */
export function addressGroup(remote: string | undefined): string {
  if (remote === undefined) return "unknown";
  const bare = remote.replace(/%.*$/, "").toLowerCase(); // fe80::1%eth0
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare)?.[1];
  if (mapped !== undefined) return mapped;
  if (isIPv4(bare) || !isIPv6(bare)) return bare;
  const [left = "", right] = bare.split("::");
  const head = left === "" ? [] : left.split(":");
  const tail = right === undefined || right === "" ? [] : right.split(":");
  const zeros = new Array<string>(Math.max(0, 8 - head.length - tail.length)).fill("0");
  return `${[...head, ...zeros, ...tail].slice(0, 4).join(":")}::/64`;
}
