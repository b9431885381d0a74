import { BROKEN, LEVEL, MARGIN, type Verdict, WORKS } from "@moongate/lab";
import { fixed, signed } from "@moongate/text";
import { type Content, html, type Markup } from "@moongate/text";
import type { Unit } from "@moongate/lab";
import type { Judged } from "../findings/controls.ts";
import { isMasked, isMasksOff, isSplit, validationAuc } from "../findings/pick.ts";
import type { TableReport } from "../report.ts";
import { attackName, papersOf } from "./attack-name.ts";
import { figure } from "./figures.ts";
import { nameOf } from "./frontier.ts";
import { ratesOf } from "./members.ts";
import { table } from "./table.ts";
import { whyWeak, wordOf } from "./verdict.ts";

export function attacksSection(reports: readonly TableReport[]): Markup {
  return html`<h2 id="attacks">Every attack, with its controls</h2>
<p>An attack that finds nothing says something only if it finds much where there is much to find: on
the undefended split, and on the masked protocol with its masks forced to zero. Figures are leak AUCs
with 95% intervals, of the kind of model that did best on validation rows; where an attack does not
apply to it, of the next. The last column is the leak AUC less that of a supervised model that was
given the same known facts and no view. The control of what the coordinator tries alone is what the
same seeds do together with a party’s view; that of the membership attack (LiRA) is the same attack on
models that know a few rows with random labels by heart. TPR is the share of positives (or members) that
an attack finds while it accuses at most 1%, or 0.1%, of the others (FPR): what an average may hide. Of
labels it is the mean over batches; in a batch of fewer than 1,000 others 0.1% means none.</p>
<dl class="words">${WORDS.map(
    ([verdict, meaning]) => html`<div><dt>${wordOf(verdict)}</dt><dd>${meaning}</dd></div>`,
  )}</dl>
<p>No cell reads “safe”: other attacks may exist.</p>
${reports.map(attackTable)}
${papersOf(namesOf(reports))}`;
}

const namesOf = (reports: readonly TableReport[]): string[] => [
  ...new Set(reports.flatMap(({ attacks }) => attacks.all().map(({ finding }) => finding.name))),
];

/** What the words of the table mean, in the order of worry. */
const WORDS: readonly (readonly [Verdict, string])[] = [
  ["broken", `a leak, and a leak AUC of ${BROKEN} or more`],
  [
    "leaks",
    `shown to tell something: significant at ${LEVEL * 100}% for all cells of the table together (Holm)`,
  ],
  [
    "as a supervised model",
    `shown to tell less than ${fixed(MARGIN - 0.5, 1)} beyond a model with the same facts and no view`,
  ],
  [
    "at chance",
    `the interval holds 0.5 and rules out ${MARGIN}, or ${fixed(1 - MARGIN, 1)} turned round, and the attack works on its control`,
  ],
  ["undecided", "neither: mostly too few rows to say"],
  [
    "attack too weak",
    `fails on its own control: below ${WORKS} there, or no better than knowing the same hints without the attack, so that finding nothing here says nothing; each cell says which`,
  ],
];

function attackTable(report: TableReport): Markup {
  const { attacks, results } = report;
  const keys = new Map(attacks.all().map(({ finding }) => [finding.key, finding]));
  if (keys.size === 0) return html`<p>No attack was run on ${results.data}.</p>`;
  return table(
    html`${results.data}: leak AUC of every attack.`,
    [
      { title: "attack", short: "" },
      { title: "split, undefended (control)", short: "split (control)", numbers: true },
      { title: "masks off (control)", short: "masks off (control)", numbers: true },
      { title: "masked", short: "masked", numbers: true },
      { title: "colluding coordinator", short: "colluding", numbers: true },
      { title: "excess over a supervised model", short: "excess", numbers: true },
    ],
    [...keys].map(([key, finding]) => {
      const { adversary } = finding;
      const cell = (fits: (unit: Unit) => boolean): Judged | undefined =>
        first(
          attacks.all().filter(({ finding, setting }) => finding.key === key && fits(setting.unit)),
        );
      const masked = cell(
        (unit) =>
          (isMasked(unit) && adversary !== "coordinator") ||
          (unit.control === adversary && adversary === "coordinator"),
      );
      const split = cell(isSplit);
      return [
        html`${attackName(finding)}<small class="below who">${nameOf(adversary).replace("Adversary: ", "by ")}</small>`,
        leakOf(split),
        leakOf(cell(isMasksOff)),
        leakOf(masked),
        leakOf(cell(({ control }) => control.includes("+"))),
        excessOf([
          ["split", split],
          ["masked", masked],
        ]),
      ];
    }),
  );
}

/** The kind of model that is best on validation rows among those the attack applies to, if any. */
function first(judged: readonly Judged[]): Judged | undefined {
  const sorted = judged.toSorted((a, b) => validationAuc(b.setting) - validationAuc(a.setting));
  return sorted.find(({ finding }) => finding.leak !== undefined) ?? sorted[0];
}

function leakOf(judged: Judged | undefined): Content {
  if (judged === undefined) return html`<span class="none absent">not run</span>`;
  const { finding, verdict } = judged;
  if (finding.leak === undefined) {
    return html`<span class="none" title="${finding.inapplicable ?? ""}">not applicable</span>`;
  }
  const { r2 } = finding.details;
  const more = r2 === undefined ? "" : html`<small class="below">R² ${fixed(r2, 2)}</small>`;
  return html`${figure(finding.leak, 3)}<span class="below">${wordOf(verdict)}</span>${whyWeak(judged)}${more}${ratesOf(finding)}`;
}

function excessOf(cells: readonly (readonly [string, Judged | undefined])[]): Content {
  const known = cells.flatMap(([name, judged]) => {
    const excess = judged?.finding.excess;
    return excess === undefined
      ? []
      : [html`<span class="pair"><small>${name}</small> ${signed(excess.mean, 3)}</span>`];
  });
  if (known.length === 0) return html`<span class="none absent">–</span>`;
  return known.map((each, index) => (index === 0 ? each : html`<br>${each}`));
}
