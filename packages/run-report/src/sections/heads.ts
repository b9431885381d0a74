import { html, type Content } from "@moongate/text";
import type { RunModel } from "../model/run.ts";
import type { Say } from "../words/words.ts";
import { note, type Section } from "./section.ts";
import { table } from "./table.ts";

/** The networks of a portfolio: their rates, how good each is by itself, and what it weighs. */
export function headsSection({ result }: RunModel, say: Say): Section | undefined {
  const heads = result?.heads;
  if (heads === undefined) return undefined;
  const labels = heads[0]?.labels.map(({ name }) => name) ?? [];
  const columns = [
    { title: say("heads.number"), numeric: true },
    { title: say("heads.rate"), numeric: true },
    { title: say("heads.decay"), numeric: true },
    ...labels.flatMap((label) => [
      { title: say("heads.auc", { label }), numeric: true },
      { title: say("heads.weight", { label }), numeric: true },
    ]),
  ];
  const rows = heads.map((head, index): Content[] => [
    `${index + 1}`,
    `${head.learningRate}`,
    `${head.weightDecay}`,
    ...head.labels.flatMap(({ auc, weight, ranAway }) => [
      ranAway ? say("heads.ran-away") : (auc?.toFixed(4) ?? "–"),
      `${Math.round(weight * 100)}%`,
    ]),
  ]);
  return {
    key: "section.heads",
    body: html`<p>${say("heads.intro")}</p>${table(columns, rows)}${note(say("heads.secret"))}`,
  };
}
