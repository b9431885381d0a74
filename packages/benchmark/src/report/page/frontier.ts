import { html, Markup } from "../../html.ts";
import { inlineSvg } from "../charts/document.ts";
import { frontierPanel } from "../charts/frontier-chart.ts";
import { FRONTIER_LEGEND } from "../charts/legend.ts";
import { hueOf, mark, shapeOf } from "../charts/marks.ts";
import { element } from "../charts/svg.ts";
import { type Frontier, testAuc } from "../findings/frontier.ts";
import type { Setting } from "../findings/settings.ts";
import { stands } from "../findings/controls.ts";
import { worstLeak } from "../findings/worst.ts";
import type { TableReport } from "../report.ts";
import { figure } from "./figures.ts";
import { table } from "./table.ts";

export function frontierSection(reports: readonly TableReport[]): Markup {
  return html`<h2 id="frontier">Accuracy against privacy</h2>
<p>One chart for each adversary: to the right the worst leak AUC of its attacks (0.5 is chance, 1 is
everything), upwards the test AUC of the model. Up and to the left is better. Points are means over
seeds, whiskers 95% intervals; those of the leak hold for all attacks of the adversary together, since
the worst was picked (Bonferroni). Points that no other one dominates were <b>selected on validation
rows and are plotted with their test AUC</b>. The lines show commerce alone (the floor), both tables
pooled (the ceiling)${reports.some(({ lines }) => lines.best !== undefined) && " and, where the data are synthetic, what is possible at best"}.
For media the leak is of labels, for commerce of media's columns.</p>
${legend()}
${reports.map(tableFrontiers)}`;
}

/** The signs of the charts, as the page wraps them. */
export function signs(
  entries: readonly { readonly words: string; readonly sign: string }[],
): Markup {
  return html`<ul class="legend">${entries.map(
    ({ words, sign }) =>
      html`<li>${new Markup(element("svg", { viewBox: "0 0 24 16", "aria-hidden": "true" }, sign))}${words}</li>`,
  )}</ul>`;
}

const legend = (): Markup => signs(FRONTIER_LEGEND);

function tableFrontiers(report: TableReport): Markup {
  const { results, frontiers, lines, about } = report;
  if (frontiers.length === 0) {
    return html`<h3>${results.data}</h3><p>No attack was run on ${results.data}.</p>`;
  }
  return html`<h3>${results.data}</h3>
${about !== undefined && html`<p>${about}</p>`}
<div class="charts">${frontiers.map((frontier) => chart(frontier, lines, results.data))}</div>
${key(report)}`;
}

function chart(frontier: Frontier, lines: TableReport["lines"], data: string): Markup {
  const { adversary } = frontier;
  const panel = frontierPanel(frontier, lines, `${data}: test AUC and worst leak, ${adversary}`);
  return html`<figure><figcaption>${nameOf(adversary)}</figcaption>${new Markup(inlineSvg(panel))}</figure>`;
}

const NAMES: Readonly<Record<string, string>> = {
  media: "Media, after labels",
  commerce: "Commerce, after media’s columns",
  coordinator: "The coordinator alone",
  "coordinator+media": "Coordinator and media together",
  "coordinator+commerce": "Coordinator and commerce together",
  outsider: "An outsider with the released model",
  "either party": "Either party",
};

export function nameOf(adversary: string): string {
  return NAMES[adversary] ?? adversary;
}

/** Every point's figures: the chart as a table. */
function key({ results, plotted, attacks, frontiers }: TableReport): Markup {
  const adversaries = frontiers.map(({ adversary }) => adversary);
  const shown = adversaries.filter((adversary) => !adversary.includes("+"));
  return table(
    html`${results.data}: the points and their numbers, with the attack that came furthest; 95% intervals.`,
    [
      { title: "setting", short: "" },
      { title: "model", short: "model" },
      { title: "test AUC", short: "test AUC", numbers: true },
      ...shown.map((adversary) => ({
        title: `worst leak, ${adversary}`,
        short: `leak, ${adversary}`,
        numbers: true,
      })),
    ],
    plotted
      .map((setting, index) => ({ setting, number: index + 1 }))
      .filter(({ setting }) => shown.some((adversary) => stands(setting.unit, adversary)))
      .map(({ setting, number }) => [
        html`${sign(setting)}<span class="number">${number}</span> ${setting.name}`,
        setting.unit.model,
        figure(testAuc(setting), 4),
        ...shown.map((adversary) => leakCell(setting, adversary, attacks)),
      ]),
  );
}

function sign({ unit }: Setting): Markup {
  const filled = unit.defence === undefined && unit.epsilon === undefined;
  const drawing = mark(shapeOf(unit), 8, 8, hueOf(unit), filled);
  return new Markup(
    element("svg", { viewBox: "0 0 16 16", class: "sign", "aria-hidden": "true" }, drawing),
  );
}

function leakCell(setting: Setting, adversary: string, attacks: TableReport["attacks"]): Markup {
  if (!stands(setting.unit, adversary)) return html`<span class="none">–</span>`;
  const worst = worstLeak(attacks.on(setting), adversary);
  if (worst === undefined) return html`<span class="none">–</span>`;
  return html`${figure(worst.leak, 3)}<br><small>${worst.attack}${worst.weak && ", attack too weak"}</small>`;
}
