import { hasHidden, MODELS } from "@moongate/catalogue";
import { wrapped } from "@moongate/text";
import type { ResultDocument } from "@moongate/results";
import { plannedBatchSize } from "@moongate/mpc";
import type { Colours } from "../terminal/io.ts";
import { bytes, duration, integer, plural } from "@moongate/text";
import { defenceSection, defendedBy } from "./defences.ts";
import { headsSection } from "./heads.ts";
import { kindsTable, localSection, metricsTable } from "./models.ts";
import { noiseSection } from "./noise.ts";
import { ledgerTable, seenTable, trafficTable } from "./sections.ts";
import { type SummaryColumn, paragraph, table } from "./table.ts";

/** A result document as people read it: what it was, what came of it, what it cost, who saw what. */
export function summary(result: ResultDocument, colours: Colours): string {
  const noise: [string, string][] =
    result.dp === undefined ? [] : [["Differential privacy", noiseSection(result.dp)]];
  const defences: [string, string][] =
    result.defence === undefined ? [] : [["Defences", defenceSection(result.defence)]];
  const heads: [string, string][] =
    result.heads === undefined ? [] : [["Networks of the portfolio", headsSection(result.heads)]];
  const sections: [string, string][] = [
    ["Rows", rowsTable(result)],
    ["What of each party enters", localSection(result)],
    ["Test AUC", aucSection(result)],
    [`More of the test rows (${MODELS[result.model.kind].title}s)`, metricsTable(result)],
    [kindsTitle(result), kindsTable(result)],
    ...heads,
    ...noise,
    ...defences,
    ["Cost", costSection(result)],
    ["What each process has received", seenTable(result.seen)],
    ["Opened on purpose (the disclosure ledger)", ledgerTable(result.disclosures)],
  ];
  const body = sections.map(([title, text]) => `${colours.bold(title)}\n${text}\n`);
  return [
    `${wrapped(headline(result), 100).join("\n")}\n`,
    ...body,
    `Everything is in ${colours.cyan(result.runDirectory)}\n`,
  ].join("\n");
}

export function kindsTitle({ labels }: Pick<ResultDocument, "labels">): string {
  const of = labels.length > 1 ? `, mean over ${labels.length} labels` : "";
  return `Test AUC by kind of model${of}`;
}

function headline(result: ResultDocument): string {
  const { model, protocol, seed, alignment, rows, defence, hidden } = result;
  const batch = plannedBatchSize(result, hidden ? hidden.overlap * hidden.slots.train : rows.train);
  return [
    `${protocol} ${model.kind} model`,
    ...(defence === undefined ? [] : [`defended by ${defendedBy(defence)}`]),
    plural(model.epochs, "epoch"),
    `batches of ${integer(batch)}`,
    `learning rate ${model.learningRate}`,
    `${alignment.method} alignment`,
    `seed ${seed}`,
  ].join(", ");
}

export function rowsTable({
  rows,
  width,
  hidden,
}: Pick<ResultDocument, "rows" | "width" | "hidden">): string {
  const all = integer(width.media + width.commerce);
  if (hidden !== undefined) {
    const { train, validation, test } = hidden.slots;
    const shown = table(
      [{ title: "" }, { title: "rows", align: "right" }, { title: "columns", align: "right" }],
      [
        ["media", integer(rows.media), integer(width.media)],
        ["commerce", integer(rows.commerce), integer(width.commerce)],
        ["  training", integer(rows.train), ""],
        ["  validation", integer(rows.validation), ""],
        ["  test", integer(rows.test), ""],
        ["slots", integer(train + validation + test), all],
        ["common", `about ${integer(rows.aligned)}`, ""],
      ],
    );
    const share = Math.round((100 * rows.aligned) / rows.commerce);
    return `${shown}\n${paragraph(
      `the joint model learns from common users and scores all of commerce's, about ${share}% of ` +
        "whom media has; neither side is told which",
    )}`;
  }
  return table(
    [{ title: "" }, { title: "rows", align: "right" }, { title: "columns", align: "right" }],
    [
      ["media", integer(rows.media), integer(width.media)],
      ["commerce", integer(rows.commerce), integer(width.commerce)],
      ["matched", integer(rows.aligned), all],
      ["  training", integer(rows.train), ""],
      ["  validation", integer(rows.validation), ""],
      ["  test", integer(rows.test), ""],
    ],
  );
}

const OTHER_STARTS =
  "each half starts from its party's own secret, pooled from the seed: on few rows the start alone " +
  "moves an AUC by hundredths";

const DIVERGED = "commerce alone has no such model: its training diverged";

function aucSection({ labels, auc, rows, baselineRows, ...result }: ResultDocument): string {
  const has = (read: (label: string) => unknown): boolean =>
    labels.some((label) => read(label) !== undefined && read(label) !== null);
  const columns: [string, (label: string) => number | null | undefined][] = [
    ["commerce alone", (label) => auc[label]?.commerceOnly],
    ["federated", (label) => auc[label]?.federated],
    ["pooled", (label) => auc[label]?.pooled],
    ["best possible", (label) => auc[label]?.best],
  ];
  const shown = columns.filter(([, read]) => has(read));
  const head: SummaryColumn[] = shown.map(([title]) => ({ title, align: "right" }));
  const body = labels.map((label) => [
    label,
    ...shown.map(([, read]) => read(label)?.toFixed(4) ?? ""),
  ]);
  const scores = table([{ title: "" }, ...head], body);
  const sampled = `commerce alone is trained on a random ${integer(baselineRows)} of its training rows`;
  const otherStart = result.protocol === "split" && hasHidden(MODELS[result.model.kind]);
  const notes = [
    ...(labels.some((label) => auc[label]?.commerceOnly === null) ? [DIVERGED] : []),
    ...(baselineRows === rows.train ? [] : [sampled]),
    ...(otherStart && has((label) => auc[label]?.pooled) ? [OTHER_STARTS] : []),
  ];
  return [scores, ...notes.map(paragraph)].join("\n");
}

function costSection({ traffic, seconds, memory }: ResultDocument): string {
  const { rounds, steps, links } = traffic;
  const peaks = Object.entries(memory).map(([process, peak]) => `${process} ${bytes(peak)}`);
  const phases = Object.entries(seconds)
    .map(([phase, time]) => `${phase} ${duration(time)}`)
    .join(", ");
  return [
    `  ${plural(rounds, "round")} in ${plural(steps, "training step")}, ` +
      `${bytes(traffic.bytes)} over both hops`,
    paragraph(phases),
    `  peak memory: ${peaks.join(", ")}`,
    "",
    trafficTable(links),
    "  to and from the coordinator; ⇢ in the parties' own TLS channel, which the relay frames carry",
  ].join("\n");
}
