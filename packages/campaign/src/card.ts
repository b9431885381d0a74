import { html, type Markup } from "@moongate/text";
import type { Joining } from "./joining.ts";
import { words } from "./words.ts";

/** The card as a fragment of a page that has the report's style. */
export function joiningCard(result: Joining, title = "Is joining worth it?"): Markup {
  const { answer, why, rows, assumptions } = words(result);
  return html`<section class="card joining ${result.verdict === "pays" ? "yes" : "no"}">
<h3>${title}</h3>
<p class="answer">${answer}</p>
<p>${why}</p>
<dl>${rows.map(
    ({ name, value, detail }) =>
      html`<div><dt>${name}</dt><dd><b>${value}</b> <span>${detail}</span></dd></div>`,
  )}</dl>
<ul class="assumptions">${assumptions.map((sentence) => html`<li>${sentence}</li>`)}</ul>
</section>`;
}
