import type { SeenRow, TrafficRow } from "@moongate/messages";
import type { Wire } from "./run.ts";

/** All that crossed, with what its receiver could make of it. */
export function wiresOf(links: readonly TrafficRow[], seen: readonly SeenRow[]): Wire[] {
  return links
    .filter(({ bytes }) => bytes > 0)
    .map(({ from, to, channel, kind, bytes }) => {
      const sight = seen.find(
        (row) =>
          row.process === to && row.from === from && row.channel === channel && row.kind === kind,
      );
      return { from, to, channel, kind, bytes, opened: sight?.opened ?? false };
    });
}

/** What one process received, which is all of the wires that it knows for itself. */
export function wiresSeen(seen: readonly SeenRow[]): Wire[] {
  return seen
    .filter(({ bytes }) => bytes > 0)
    .map(({ process, from, channel, kind, bytes, opened }) => ({
      ...{ from, to: process, channel, kind, bytes, opened },
    }));
}
