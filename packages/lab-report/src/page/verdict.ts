import { type Verdict, WORKS } from "@moongate/lab";
import { fixed, html, type Markup, NOTHING } from "@moongate/text";
import type { Judged } from "../findings/controls.ts";

/** A verdict with its sign. */
export const wordOf = (verdict: Verdict): Markup =>
  html`<span class="verdict ${verdict.replaceAll(" ", "-")}">${verdict}</span>`;

/** The reason why an attack is too weak to say anything; nothing beside another verdict. */
export function whyWeak({ verdict, control, finding }: Judged): Markup {
  if (verdict !== "attack too weak") return NOTHING;
  const there = control === "itself" ? finding.found : control;
  return html`<small class="below">${reasonOf(there)}</small>`;
}

function reasonOf(control: Judged["finding"]["found"]): string {
  if (control === undefined) return "not run where it must succeed";
  const { mean } = control.leak;
  if (mean < WORKS) return `reaches ${fixed(mean, 3)} of ${WORKS} where it must succeed`;
  if (control.excess === undefined) return "too few rows where it must succeed";
  return "no better than knowing the same hints without the attack";
}
