import { average } from "./estimate.ts";
import type { Setting } from "./settings.ts";

/** A network as the report prices it. */
export interface NetworkLink {
  readonly name: string;
  /** Bits a second. */
  readonly bandwidth: number;
  /** Seconds of a round trip. */
  readonly roundTrip: number;
}

export const LINKS: readonly [lan: NetworkLink, wan: NetworkLink] = [
  { name: "LAN, 1 Gbit/s, 0.5 ms", bandwidth: 1e9, roundTrip: 0.0005 },
  { name: "100 Mbit/s, 20 ms", bandwidth: 100e6, roundTrip: 0.02 },
];

export interface Costs {
  readonly rounds: number;
  readonly steps: number;
  readonly bytes: number;
  /** Seconds measured with all processes on one machine. */
  readonly seconds: number;
}

/** Means over seeds; undefined if nobody measured. */
export function costsOf({ done }: Setting): Costs | undefined {
  const measured = done.flatMap(({ costs }) => costs ?? []);
  const mean = (read: (costs: Costs) => number): number => average(measured.map(read)) ?? 0;
  if (measured.length === 0) return undefined;
  return {
    rounds: mean(({ rounds }) => rounds),
    steps: mean(({ steps }) => steps),
    bytes: mean(({ bytes }) => bytes),
    seconds: mean(({ seconds }) => seconds),
  };
}

/** Seconds over a network: compute + rounds · round trip + bytes / bandwidth. */
export function secondsOver({ rounds, bytes, seconds }: Costs, link: NetworkLink): number {
  return seconds + rounds * link.roundTrip + (8 * bytes) / link.bandwidth;
}
