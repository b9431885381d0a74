import type { PartyOutcome } from "@moongate/federation";
import type { Colours } from "../terminal/io.ts";
import { duration, integer } from "@moongate/text";
import { engineLines } from "./models.ts";
import { ledgerTable, seenTable } from "./sections.ts";

/** What a session was to the party that learns no scores. */
export function outcomeSummary(outcome: PartyOutcome, colours: Colours): string {
  const { plan, rows, seconds, seen, disclosures, runDirectory, engine } = outcome;
  const { train, validation, test } = rows;
  const phases = Object.entries(seconds).map(([phase, time]) => `${phase} ${duration(time)}`);
  return [
    `${plan.protocol} ${plan.model.kind} model for ${plan.labels.join(", ")}: ` +
      `${integer(train + validation + test)} matched users, ${integer(train)} of them for training`,
    phases.join(", "),
    ...(engine === undefined ? [] : engineLines(engine)),
    "",
    `${colours.bold("What this process has received")}\n${seenTable(seen)}\n`,
    `${colours.bold("Opened on purpose (the disclosure ledger)")}\n${ledgerTable(disclosures)}\n`,
    `Everything is in ${colours.cyan(runDirectory)}\n`,
  ].join("\n");
}
