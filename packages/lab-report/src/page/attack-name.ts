import { PAPERS } from "@moongate/lab";
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
  const short = html`<span class="attack">${name}</span>`;
  const linked = PAPERS.has(name) ? html`<a href="#from-${name}">${short}</a>` : short;
  return html`${linked}<small class="below">${title}${facts}</small>`;
}

/** The paper of every attack that was run, and those that are nobody's. */
export function papersOf(names: readonly string[]): Markup {
  const own = names.filter((name) => !PAPERS.has(name));
  const known = names.flatMap((name) => {
    const paper = PAPERS.get(name);
    return paper === undefined ? [] : [{ name, paper }];
  });
  const rows = known.map(
    ({ name, paper }) => html`<div id="from-${name}"><dt>${name}</dt><dd>${paper}</dd></div>`,
  );
  return html`<h3>Where each attack is from</h3>
<dl class="words">${rows}</dl>
${own.length > 0 && html`<p class="about">Of no paper: ${own.join(", ")}.</p>`}`;
}
