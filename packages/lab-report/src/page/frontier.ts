import { chanceAnchoredScore } from "@moongate/statistics";
import { fixed } from "@moongate/text";
import { html, Markup, NOTHING } from "@moongate/text";
import { inlineSvg } from "../charts/document.ts";
import { frontierPanel, hasBelow } from "../charts/frontier-chart.ts";
import { type Entry, frontierLegend, numberLegend } from "../charts/legend.ts";
import { hueOf, mark, shapeOf } from "../charts/marks.ts";
import { element } from "../charts/svg.ts";
import { type Frontier, testAuc } from "../findings/frontier.ts";
import { isSplit } from "../findings/pick.ts";
import type { Setting } from "../findings/settings.ts";
import { stands } from "../findings/controls.ts";
import { scoreOf } from "../findings/score.ts";
import { worstLeak } from "../findings/worst.ts";
import type { TableReport } from "../report.ts";
import { apartWords } from "./apart.ts";
import { figure, unbroken } from "./figures.ts";
import { wordOf } from "./verdict.ts";
import { table } from "./table.ts";

export function frontierSection(reports: readonly TableReport[]): Markup {
  return html`<h2 id="frontier">Accuracy against privacy</h2>
<p>One chart for each adversary: to the right the worst leak AUC of its attacks (0.5 is chance, 1 is
everything), upwards the test AUC of the model. Up and to the left is better. Points are means over
seeds, whiskers 95% intervals; those of the leak are of the worst of all attacks of the adversary: from
a lower end that allows for the picking (Bonferroni) to the highest upper end of any of them. Points that no other one dominates were <b>selected on validation
rows and are plotted with their test AUC</b>. The lines show commerce alone (the floor), both tables
pooled (the ceiling)${reports.some(({ lines }) => lines.best !== undefined) && " and, where the data are synthetic, what is possible at best"}.
Media is after labels, commerce after media’s columns; of a column the leak AUC says how well rows
above its mean are told from others. Passed over are attacks that fail on their own control, and those
that get no further than a supervised model with the same facts and no view.</p>
${reports.map(tableFrontiers)}`;
}

/** The signs of the charts, as the page wraps them. */
export function signs(entries: readonly Entry[]): Markup {
  return html`<ul class="legend">${entries.map(
    ({ words, sign }) =>
      html`<li>${new Markup(element("svg", { viewBox: "0 0 24 16", "aria-hidden": "true" }, sign))}${words}</li>`,
  )}</ul>`;
}

function tableFrontiers(report: TableReport): Markup {
  const { results, frontiers, lines, about } = report;
  if (frontiers.length === 0) {
    return html`<h3>${results.data}</h3><p>No attack was run on ${results.data}.</p>`;
  }
  const draw = (frontier: Frontier): Markup => chart(frontier, lines, results.data);
  return html`<h3>${results.data}</h3>
${about !== undefined && html`<p>${about}</p>`}
${signs(
  frontierLegend(
    frontiers,
    frontiers.some((frontier) => hasBelow(frontier, lines)),
  ),
)}
<div class="charts">${frontiers.filter(isLarge).map(draw)}</div>
${signs(numberLegend(frontiers.filter(isLarge)))}
<div class="charts small">${frontiers.filter((each) => !isLarge(each)).map(draw)}</div>
${key(report)}
${apartWords(report.apart, results.data)}`;
}

/** Charts of few points are drawn small, and their points are in the table of attacks alone. */
function isLarge({ points }: Frontier): boolean {
  return points.length > 3;
}

function chart(frontier: Frontier, lines: TableReport["lines"], data: string): Markup {
  const { adversary } = frontier;
  const panel = frontierPanel(frontier, lines, `${data}: test AUC and worst leak, ${adversary}`);
  return html`<figure><figcaption>${nameOf(adversary)}</figcaption>${new Markup(inlineSvg(panel))}</figure>`;
}

const NAMES: Readonly<Record<string, string>> = {
  media: "Adversary: media",
  commerce: "Adversary: commerce",
  "commerce with the model": "Adversary: commerce, the trained model given out to it",
  coordinator: "Adversary: the coordinator alone",
  "coordinator+media": "Adversary: coordinator with media",
  "coordinator+commerce": "Adversary: coordinator with commerce",
  outsider: "Adversary: an outsider with the released model",
  "either party": "Adversary: either party",
};

export function nameOf(adversary: string): string {
  return NAMES[adversary] ?? adversary;
}

/** Every point's figures: the chart as a table. */
function key({ results, plotted, attacks, frontiers, numbers }: TableReport): Markup {
  const shown = frontiers.filter(isLarge).map(({ adversary }) => adversary);
  return html`${table(
    html`${results.data}: the points and their numbers, with the attack that came furthest; 95% intervals.`,
    [
      { title: "setting", short: "" },
      { title: "test AUC", short: "test AUC", numbers: true },
      { title: "defence score", short: "defence score", numbers: true },
      ...shown.map((adversary) => ({
        title: `worst leak, ${adversary}`,
        short: `leak, ${adversary}`,
        numbers: true,
      })),
    ],
    plotted
      .filter((setting) => shown.some((adversary) => stands(setting.unit, adversary)))
      .map((setting) => [
        html`<span class="entry">${sign(setting)}<span class="number">${numbers.get(setting.title)}</span><span>${unbroken(setting.name)} <small>${setting.unit.model}</small>${startNote(setting)}</span></span>`,
        figure(testAuc(setting), 4),
        scoreCell(scoreOf(setting, results, attacks)),
        ...shown.map((adversary) => leakCell(setting, adversary, attacks)),
      ]),
  )}
<p class="about">The defence score is <span class="formula">1 ÷ (1 + √(½ (leak − 0.5)² + ½ (AUC
lost)²))</span>, with media’s worst leak AUC and the test AUC that is lost against the undefended split
of the same kind of model, each at least 0: the defence capability score of VFLAIR (arXiv 2310.09827),
anchored at chance, so that 1 is an attack at chance and nothing lost. A model that loses nothing,
and whose labels are read in full, has ${fixed(NOTHING_HIDDEN, 2)}.</p>`;
}

/** The undefended split begins elsewhere than pooled: said where the two are compared. */
function startNote({ unit }: Setting): Markup {
  if (!isSplit(unit)) return NOTHING;
  return html`<small class="below"><a href="#starts-${unit.data}">other initial weights than pooled</a></small>`;
}

const NOTHING_HIDDEN = chanceAnchoredScore({ attack: 1, main: 1, undefendedMain: 1 });

function scoreCell(score: number | undefined): Markup {
  if (score === undefined) return html`<span class="none absent">–</span>`;
  return html`<span class="figure">${fixed(score, 3)}</span>`;
}

function sign({ unit }: Setting): Markup {
  const filled = unit.defence === undefined && unit.epsilon === undefined;
  const drawing = mark(shapeOf(unit), 8, 8, hueOf(unit), filled);
  return new Markup(
    element("svg", { viewBox: "0 0 16 16", class: "sign", "aria-hidden": "true" }, drawing),
  );
}

function leakCell(setting: Setting, adversary: string, attacks: TableReport["attacks"]): Markup {
  if (!stands(setting.unit, adversary)) return html`<span class="none absent">–</span>`;
  const worst = worstLeak(attacks.on(setting), adversary);
  if (worst === undefined) return html`<span class="none absent">–</span>`;
  return html`${figure(worst.leak, 3)}<span class="below attack">${worst.attack}</span><span class="below">${wordOf(worst.verdict)}</span>`;
}
