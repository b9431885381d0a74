import { percent } from "@moongate/text";
import { type Content, html, type Markup, NOTHING } from "@moongate/text";
import type { Finding } from "../findings/findings.ts";
import { figure } from "./figures.ts";

/** What the membership attack found of models with that noise. */
export function membersOf(finding: Finding | undefined): Content {
  if (finding?.leak === undefined) return "–";
  return html`${figure(finding.leak, 3)}${ratesOf(finding)}`;
}

/** Who is found surely: the share of members, or of positive labels, at few false alarms. */
export function ratesOf({ details }: Finding): Markup {
  const [rare, some] = [details["tpr 0.1%"], details["tpr 1%"]];
  if (rare === undefined || some === undefined) return NOTHING;
  const words = `TPR ${percent(some)} at 1% FPR, ${percent(rare)} at 0.1%`;
  return html`<small class="below">${words}</small>`;
}
