import { sumCosts } from "../cost.ts";
import type { Operation } from "../machine.ts";
import { bytesOnLinks, type RecordedRound } from "../machines/cost-recorder.ts";
import { stepCosts, stepOperations } from "../models/step-costs.ts";
import { BATCH, COSTED_PLANS, COSTED_SHAPE } from "./costed-plans.ts";

/** The page docs/protocols/costs.md: what one training step puts on the wire. */
export async function costPage(): Promise<string> {
  const sections = await Promise.all(
    COSTED_PLANS.map(async ([title, plan]) =>
      section(
        title,
        await stepCosts(plan, COSTED_SHAPE, BATCH),
        await stepOperations(plan, COSTED_SHAPE, BATCH),
      ),
    ),
  );
  return [
    "# What a training step costs",
    "",
    "Written by `npm run docs:costs` from the costs that the operations declare (and that tests hold",
    "against the metered transport). A batch of 1,024 rows, 32 columns on each side and the constant,",
    "one label. An opening travels media → coordinator → commerce or back and so counts on two hops;",
    "what is dealt goes from the coordinator to commerce. Payload bytes, without frame headers and TLS.",
    "",
    ...sections,
  ].join("\n");
}

function section(
  title: string,
  rounds: readonly RecordedRound[],
  operations: readonly Operation<unknown>[],
): string {
  const rows = rounds.map((round, index) => {
    const total = sumCosts(round.map(({ cost }) => cost));
    const names = round.map(({ operation }) => operation).join(", ");
    return `| ${index + 1} | ${names} | ${total.opened.media} | ${total.opened.commerce} | ${total.dealt} |`;
  });
  const total = sumCosts(rounds.flat().map(({ cost }) => cost));
  const perRow = (bytesOnLinks(total) / BATCH).toFixed(0);
  return [
    `## ${title}`,
    "",
    "| round | operations | media opens | commerce opens | dealt |",
    "| ---: | --- | ---: | ---: | ---: |",
    ...rows,
    `| **${rounds.length}** | **${perRow} bytes a row on all links** | ${total.opened.media} | ${total.opened.commerce} | ${total.dealt} |`,
    "",
    auditLine(operations),
    "",
  ].join("\n");
}

const AUDIT_RATE = 0.05;

/** What an audit of the dealer adds to a step, on the average. */
function auditLine(all: readonly Operation<unknown>[]): string {
  const fromKeys = all.filter(({ dealtFrom }) => dealtFrom === "keys");
  const dealt = (operations: readonly Operation<unknown>[]): number =>
    sumCosts(operations.map(({ cost }) => cost)).dealt;
  // A dealing is opened with probability q, and so is each that takes its place: q / (1 - q) in all.
  const opened = AUDIT_RATE / (1 - AUDIT_RATE);
  const bytes = Math.round(opened * dealt(fromKeys));
  const share = ((100 * dealt(fromKeys)) / dealt(all)).toFixed(1);
  return (
    `Dealt from keys alone, and so open to an [audit](auditing.md): ${dealt(fromKeys)} bytes, ${share}% of what is ` +
    `dealt. At \`--audit-dealer ${AUDIT_RATE}\` a step is dealt ${bytes} bytes more on the average, and has ` +
    `${opened.toFixed(3)} dealings opened, for which the parties exchange 32 bytes each, a hash, and a round.`
  );
}
