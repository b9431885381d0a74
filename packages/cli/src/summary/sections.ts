import type { Disclosure, SeenRow } from "@moongate/messages";
import { bytes } from "../terminal/units.ts";
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
      { title: "as", wrap: 56 },
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

/** The disclosure ledger. */
export function ledgerTable(disclosures: readonly Disclosure[]): string {
  return table(
    [{ title: "to" }, { title: "what", wrap: 44 }, { title: "shape" }, { title: "why", wrap: 44 }],
    disclosures.map((line) => [line.to, line.what, line.shape, line.why]),
  );
}
