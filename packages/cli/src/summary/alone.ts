import { MODELS } from "@moongate/catalogue";
import type { AloneDocument } from "@moongate/results";
import type { Colours } from "../terminal/io.ts";
import { bytes, duration } from "@moongate/text";
import { kindsTitle, rowsTable } from "./summary.ts";
import { kindsTable, metricsTable } from "./models.ts";
import { table } from "./table.ts";

const WHAT = {
  local: "commerce alone, no session",
  pooled: "both tables in one hand, no session",
};
const CROSSED = {
  local: "Nothing has left commerce.",
  pooled:
    "No message was sent, and none protected anything: whoever trains so holds both tables, labels included.",
};

/** A training without a session, as people read it: the tables that sessions have, where they apply. */
export function aloneSummary(result: AloneDocument, colours: Colours): string {
  const { protocol, model, seed, seconds, peakBytes, runDirectory } = result;
  const sections: [string, string][] = [
    ["Rows", rowsTable(result)],
    ["Test AUC", aucTable(result)],
    [`More of the test rows (${MODELS[model.kind].title}s)`, metricsTable(result)],
    [kindsTitle(result), kindsTable(result)],
    ["Cost", `  ${duration(seconds)}, peak memory ${bytes(peakBytes)}`],
    ["What crossed", `  ${CROSSED[protocol]}`],
  ];
  const body = sections.map(([title, text]) => `${colours.bold(title)}\n${text}\n`);
  return [
    `${model.kind} model, ${WHAT[protocol]}, seed ${seed}\n`,
    ...body,
    `Everything is in ${colours.cyan(runDirectory)}\n`,
  ].join("\n");
}

function aucTable({ protocol, labels, models, model: { kind }, best }: AloneDocument): string {
  const own = models.find((model) => model.kind === kind);
  const known = labels.some((label) => best[label] !== undefined);
  const title = protocol === "local" ? "commerce alone" : "pooled";
  return table(
    [
      { title: "" },
      { title, align: "right" },
      ...(known ? [{ title: "best possible", align: "right" as const }] : []),
    ],
    labels.map((label) => [
      label,
      own?.test[label]?.auc?.toFixed(4) ?? "",
      ...(known ? [best[label]?.toFixed(4) ?? ""] : []),
    ]),
  );
}
