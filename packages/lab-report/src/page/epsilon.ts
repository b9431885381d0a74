import { signed } from "@moongate/text";
import { type Content, html, Markup, NOTHING } from "@moongate/text";
import type { Estimate } from "../findings/estimate.ts";
import { inlineSvg } from "../charts/document.ts";
import { epsilonPanel } from "../charts/epsilon-chart.ts";
import { EPSILON_LEGEND } from "../charts/legend.ts";
import type { TableReport } from "../report.ts";
import { figure } from "./figures.ts";
import { Footnotes } from "./footnotes.ts";
import { signs } from "./frontier.ts";
import { auditWords, boundsOf } from "./audit.ts";
import { membersOf } from "./members.ts";
import { WORTH } from "./noise.ts";
import { worthOf } from "../findings/epsilon.ts";
import { table } from "./table.ts";

export function epsilonSection(reports: readonly TableReport[]): Markup {
  const shown = reports.filter(({ epsilon }) => epsilon.length > 0);
  return html`<h2 id="epsilon">What a proof costs</h2>
<p>Only mechanisms with a proof of differential privacy. They protect different things against
different readers, so compare their lines with the column “protects” in view.</p>
${auditWords(shown)}
${
  shown.length === 0
    ? html`<p>No mechanism with a proof was run.</p>`
    : html`${signs(EPSILON_LEGEND)}
<div class="charts">${shown.map(
        ({ results, epsilon, lines }) =>
          html`<figure><figcaption>${results.data}</figcaption>${new Markup(
            inlineSvg(epsilonPanel(epsilon, lines, `${results.data}: test AUC over epsilon`)),
          )}</figure>`,
      )}</div>
${shown.map(proofs)}`
}`;
}

/** 1e-5 is 10 to the power of −5. */
function power(delta: number): Content {
  if (delta === 0) return "0";
  const [digits = "", exponent = ""] = delta.toExponential(0).split("e");
  const times = digits === "1" ? "" : `${digits} · `;
  return html`<span class="figure">${times}10<sup>${exponent.replace("-", "\u2212")}</sup></span>`;
}

/** The one whom a proof protects, in a word; what it says in full stands below the table. */
const wordOf = (masked: boolean): string => (masked ? "one user" : "one label");

function proofs({ results, epsilon }: TableReport, index: number): Markup {
  const claims = epsilon.flatMap(({ points }) => points.map(({ claim }) => withoutFigures(claim)));
  const notes = new Footnotes(`proof-${index + 1}`, claims);
  return html`${table(
    html`${results.data}: mechanisms with a proof.`,
    [
      { title: "mechanism", short: "" },
      { title: "ε", short: "ε", numbers: true },
      { title: "δ", short: "δ", numbers: true },
      { title: "audit: ε is at least", short: "audit", numbers: true },
      { title: "membership (LiRA), leak AUC", short: "membership", numbers: true },
      { title: "test AUC", short: "test AUC", numbers: true },
      { title: "over commerce alone", short: "over alone", numbers: true },
      { title: "protects", short: "protects" },
    ],
    epsilon.flatMap(({ name, masked, points }) =>
      points.map(({ epsilon: proven, delta, audit, members, auc, overFloor, claim }) => [
        name,
        String(Number(proven.toPrecision(4))),
        power(delta),
        boundsOf(audit),
        membersOf(members),
        figure(auc, 4),
        overAlone(overFloor),
        notes.mark(wordOf(masked), withoutFigures(claim)),
      ]),
    ),
  )}${notes.list()}`;
}

function overAlone(gain: Estimate | undefined): Content {
  if (gain === undefined) return figure(gain, 4);
  const worth = worthOf(gain);
  const words = worth === "above" ? NOTHING : html`<small class="below">${WORTH[worth]}</small>`;
  return html`${figure(gain, 4, signed)}${words}`;
}

/** A claim for every strength: "2-differential privacy" is "ε-differential privacy". */
const withoutFigures = (claim: string): string =>
  claim.replace(/^[\d.]+(?=-differential privacy)/, "ε");
