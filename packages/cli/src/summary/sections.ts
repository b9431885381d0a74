import type { Disclosure, ResultDocument } from "@moongate/results";
import type { SeenRow } from "@moongate/messages";
import { bytes } from "@moongate/text";
import { table } from "./table.ts";

/** What each process has received, and whether it could read it. */
export function seenTable(seen: readonly SeenRow[]): string {
  return table(
    [
      { title: "process" },
      { title: "from" },
      { title: "kind" },
      { title: "bytes", align: "right" },
      { title: "could open" },
      { title: "as", wrap: 40 },
    ],
    seen.map((row) => [
      row.process,
      row.from,
      row.kind,
      bytes(row.bytes),
      row.opened ? "yes" : "no",
      row.as,
    ]),
  );
}

/** The disclosure ledger; what both parties learn alike is one line. */
export function ledgerTable(disclosures: readonly Disclosure[]): string {
  const lines = grouped(disclosures, ({ what, shape, why }) => JSON.stringify([what, shape, why]));
  return table(
    [
      { title: "to", wrap: 16 },
      { title: "what", wrap: 32 },
      { title: "shape", wrap: 14 },
      { title: "why", wrap: 30 },
    ],
    lines.map(([first, ...others]) => [
      [first, ...others].map(({ to }) => to).join(", "),
      first.what,
      first.shape,
      first.why,
    ]),
  );
}

type Line = ResultDocument["traffic"]["links"][number];

const WAYS = [
  ["media sends", "media", "coordinator"],
  ["media gets", "coordinator", "media"],
  ["commerce sends", "commerce", "coordinator"],
  ["commerce gets", "coordinator", "commerce"],
  ["media ⇢", "media", "commerce"],
  ["commerce ⇢", "commerce", "media"],
] as const;

/** Bytes of every kind, one column for each way they went. */
export function trafficTable(links: readonly Line[]): string {
  const ways = WAYS.filter(([, from, to]) =>
    links.some((line) => line.from === from && line.to === to),
  );
  const kinds = grouped(
    links.filter((line) => line.bytes > 0),
    ({ kind }) => kind,
  );
  return table(
    [{ title: "kind" }, ...ways.map(([title]) => ({ title, align: "right" as const }))],
    kinds.map((lines) => [
      lines[0].kind,
      ...ways.map(([, from, to]) => {
        const found = lines.find((line) => line.from === from && line.to === to);
        return found === undefined ? "" : bytes(found.bytes);
      }),
    ]),
  );
}

/** The items by key, in order of first appearance. */
function grouped<T>(items: readonly T[], keyOf: (item: T) => string): [T, ...T[]][] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return [...groups.values()];
}
