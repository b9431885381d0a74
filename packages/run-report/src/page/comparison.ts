import { at } from "@moongate/errors";
import { aucLine } from "../charts/auc-line.ts";
import type { LabelRun, RunModel } from "../model/run.ts";
import { answer } from "../sections/answer.ts";
import { chartKey } from "../sections/key.ts";
import { figure, note, type Section } from "../sections/section.ts";
import { table } from "../sections/table.ts";
import { gainText } from "../sections/gain-text.ts";
import { bytes, type Content, html, integer } from "@moongate/text";
import type { Language, Say } from "../words/words.ts";
import { document } from "./document.ts";

/** Several runs on one page, one line or one picture a label each. */
export function comparisonPage(runs: readonly RunModel[], language: Language): string {
  return document(language, (say) => ({
    lead: html`<p>${say("comparison.lead", { count: runs.length })}</p>`,
    sections: [whatTheyWere(runs, say), ...howGood(runs, say)],
  }));
}

function whatTheyWere(runs: readonly RunModel[], say: Say): Section {
  const columns = [
    { title: say("comparison.run") },
    { title: say("comparison.protocol") },
    { title: say("verdict.matched"), numeric: true },
    { title: say("verdict.cost"), numeric: true },
    { title: say("comparison.seconds"), numeric: true },
    { title: say("verdict.disclosed"), numeric: true },
  ];
  const rows = named(runs).map(([name, { plan, rows: counts, result, disclosures }]): Content[] => [
    html`<code>${name}</code>`,
    `${say(`protocol.${plan.protocol}`)}, ${say(`model.${plan.model.kind}`)}, ${plan.seed}`,
    counts?.aligned === undefined ? "" : integer(counts.aligned),
    result === undefined ? "" : bytes(result.traffic.bytes),
    result === undefined ? "" : sessionSeconds(result),
    integer(disclosures.length),
  ]);
  return { key: "section.comparison", body: table(columns, rows) };
}

/** A picture and a table for each label that any run has. */
function howGood(runs: readonly RunModel[], say: Say): Section[] {
  const labels = [...new Set(runs.flatMap((run) => run.labels.map(({ name }) => name)))];
  if (labels.length === 0) return [];
  const body = labels.map((label) => {
    const known = named(runs).flatMap(([name, run]) => {
      const own = run.labels.find((each) => each.name === label);
      return own === undefined ? [] : [[name, own] as const];
    });
    const rows = known.map(([name, { auc }]) => ({ name, ...auc }));
    const picture = aucLine(rows, {
      describe: say("chart.auc-of", {
        figures: known
          .map(([name, { auc }]) => `${name} ${auc.joint?.toFixed(4) ?? "–"}`)
          .join("; "),
      }),
      x: say("axis.auc"),
    });
    const who = (["alone", "joint", "pooled", "best"] as const).filter((each) =>
      rows.some((row) => row[each] !== undefined),
    );
    const key = chartKey(who.map((each) => [each, say(`who.${each}`)]));
    return html`<h3>${label}</h3><div class="charts">${figure(say("chart.auc"), html`${key}${picture}`)}</div>${verdicts(known, say)}`;
  });
  return [{ key: "section.models", body: [...body, note(say("comparison.note"))] }];
}

function verdicts(known: readonly (readonly [string, LabelRun])[], say: Say): Content {
  const columns = [
    { title: say("comparison.run") },
    { title: say("who.alone"), numeric: true },
    { title: say("who.joint"), numeric: true },
    { title: say("verdict.gain-title"), numeric: true },
    { title: say("verdict.answer") },
  ];
  const rows = known.map(([name, label]): Content[] => [
    html`<code>${name}</code>`,
    label.auc.alone?.toFixed(4) ?? "",
    label.auc.joint?.toFixed(4) ?? "",
    gainText(label.worth?.auc.gain, 4, say),
    answer(label, say),
  ]);
  return table(columns, rows);
}

/** The runs by the shortest ends of their folders' names that tell them apart. */
function named(runs: readonly RunModel[]): readonly (readonly [string, RunModel])[] {
  const ends = (count: number): string[] =>
    runs.map(({ directory }) => directory.split(/[/\\]/).slice(-count).join("/"));
  const deepest = Math.max(...runs.map(({ directory }) => directory.split(/[/\\]/).length));
  for (let count = 1; count < deepest; count++) {
    const names = ends(count);
    if (new Set(names).size === runs.length)
      return runs.map((run, index) => [at(names, index), run]);
  }
  return runs.map((run, index) => [`${index + 1}. ${run.name}`, run]);
}

/** The time of the session, without the baselines where that is known. */
function sessionSeconds({ joining, seconds }: NonNullable<RunModel["result"]>): string {
  const time = joining?.seconds ?? seconds["total"];
  return time === undefined ? "" : time.toFixed(1);
}
