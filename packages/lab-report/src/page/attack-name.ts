import { html, type Markup } from "@moongate/text";

/** An attack as tables have it: its short name, as the papers do, then what it does. */
export function attackName({
  name,
  title,
  known,
}: {
  readonly name: string;
  readonly title: string;
  readonly known: number | undefined;
}): Markup {
  const facts = known === undefined ? "" : `; ${known} known`;
  return html`<span class="attack">${name}</span><small class="below">${title}${facts}</small>`;
}
