import { plural } from "@moongate/text";
import { html, type Markup } from "@moongate/text";
import { joiningCard } from "@moongate/campaign";
import type { ReportOptions, TableReport } from "../report.ts";
import { table } from "./table.ts";

export function joiningSection(reports: readonly TableReport[]): Markup {
  return html`<h2 id="joining">Is joining worth it?</h2>
<div class="cards">${reports.map(({ results, joining }) =>
    joining === undefined
      ? html`<section class="card joining"><h3>${results.data}</h3><p>Not told: it takes masked and local
runs of the same seeds, with costs and the share of positives.</p></section>`
      : joiningCard(joining, results.data),
  )}</div>`;
}

export function closingSection(
  reports: readonly TableReport[],
  { notTried, command, environment, generated }: ReportOptions,
): Markup {
  return html`<h2 id="limits">What was not tried</h2>
${
  notTried.length === 0
    ? html`<p>Nothing was named.</p>`
    : html`<ul>${notTried.map((sentence) => html`<li>${sentence}</li>`)}</ul>`
}
<h2 id="lost">Runs that did not finish</h2>
${lostUnits(reports)}
<h2 id="again">Doing it again</h2>
<pre><code>${command}</code></pre>
<dl class="facts">${Object.entries({
    generated: generated.toISOString().replace(/\.\d+Z$/, "Z"),
    ...environment,
  }).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function lostUnits(reports: readonly TableReport[]): Markup {
  const all = reports.flatMap(({ results }) => results.settings);
  const lost = all.flatMap((setting) => setting.lost.map((result) => ({ setting, result })));
  const count = all.reduce((sum, { done }) => sum + done.length, lost.length);
  if (lost.length === 0) return html`<p>All ${plural(count, "unit")} finished.</p>`;
  return table(
    html`${lost.length} of ${plural(count, "unit")} did not finish; they are in no mean above.`,
    [
      { title: "setting", short: "" },
      { title: "data", short: "data" },
      { title: "seed", short: "seed" },
      { title: "what happened", short: "what happened" },
      { title: "cause", short: "cause" },
    ],
    lost.map(({ setting, result }) => [
      setting.title,
      setting.unit.data,
      result.unit.seed,
      result.status,
      result.error === undefined ? "" : `${result.error.code}: ${result.error.cause}`,
    ]),
  );
}
