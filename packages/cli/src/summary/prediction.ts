import type { PredictionOutcome } from "@moongate/federation";
import type { Colours } from "../terminal/io.ts";
import { duration, plural } from "@moongate/text";
import { engineLines } from "./models.ts";
import { ledgerTable, seenTable } from "./sections.ts";

/** What a prediction was to one party. */
export function predictionSummary(outcome: PredictionOutcome, colours: Colours): string {
  const { plan, rows, seconds, seen, disclosures, runDirectory, scores, engine } = outcome;
  const phases = Object.entries(seconds).map(([phase, time]) => `${phase} ${duration(time)}`);
  return [
    `${plan.protocol} ${plan.model.kind} model for ${plan.labels.join(", ")}: ` +
      `${plural(rows, "user")} scored`,
    phases.join(", "),
    ...(engine === undefined ? [] : engineLines(engine)),
    "",
    `${colours.bold("What this process has received")}\n${seenTable(seen)}\n`,
    `${colours.bold("Opened on purpose (the disclosure ledger)")}\n${ledgerTable(disclosures)}\n`,
    ...(scores === undefined ? [] : [`The scores are in ${colours.cyan(scores)}`]),
    `Everything is in ${colours.cyan(runDirectory)}\n`,
  ].join("\n");
}
