import { auditWorks } from "@moongate/lab";
import { fixed, plural } from "@moongate/text";
import { type Content, html, type Markup, NOTHING } from "@moongate/text";
import type { Audit } from "../findings/epsilon.ts";
import type { TableReport } from "../report.ts";

/** What the audits of masked training prove, and what not; nothing where none was run. */
export function auditWords(reports: readonly TableReport[]): Markup {
  const points = reports.flatMap(({ epsilon }) => epsilon.flatMap((series) => series.points));
  const [audit] = points.flatMap((point) => point.audit ?? []);
  if (audit === undefined) return html`<p>No claim was audited.</p>`;
  const { trainings, confidence, controls } = audit;
  const percent = `${100 * confidence}%`;
  return html`<p>Beside the ε that is proven for masked training stands what an audit proves from
below. For each ε it trains ${plural(trainings, "small model")} with the noise of one party,
half of them on each of two tables that differ in one user, who is <em>replaced</em> by another
(the neighbours of the proof), and an observer of all noisy gradients tells which table it was;
one model is one trial. The larger figure holds with ${percent} confidence if the noise is
Gaussian, as it is meant to be; the smaller one, with ${percent} confidence too, whatever it is
like. The dotted line begins at the first and ends at the proof. A bound near 0 says that so
few trainings show nothing; no bound says that a training is private: the proof does. As a
control the same audit gets a quarter of the noise, and none
(${plural(controls.none.trainings, "training")} each), where its bound must exceed the proven
ε. Where it does not, the audit has no power at that ε: what it found is not shown, in the chart
neither, since it says nothing. The audit is of the program and its noise, not of these tables.</p>`;
}

/** Both bounds, and whether the controls came out. */
export function boundsOf(audit: Audit | undefined): Content {
  if (audit === undefined) return "–";
  const { gaussianAtLeast, atLeast, epsilon } = audit;
  const refuted = Math.max(gaussianAtLeast, atLeast) > epsilon;
  if (!auditWorks(audit) && !refuted) {
    return html`<span class="none">no power</span>
<small class="below">${controlWords(audit)}</small>`;
  }
  return html`<span class="figure">${fixed(gaussianAtLeast, 2)}</span>
<small class="below">whatever the noise: ${fixed(atLeast, 2)}</small>
<small class="below">${controlWords(audit)}</small>${
    refuted
      ? html`<span class="below"><span class="verdict broken">claim refuted</span></span>`
      : NOTHING
  }`;
}

function controlWords(audit: Audit): string {
  const { quarter, none } = audit.controls;
  const [part, nothing] = [fixed(quarter.gaussianAtLeast, 2), fixed(none.gaussianAtLeast, 2)];
  const figures = `a quarter of the noise: ${part}, none: ${nothing}`;
  return auditWorks(audit) ? `controls found, ${figures}` : `it misses its controls, ${figures}`;
}
