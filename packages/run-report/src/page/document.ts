import { anchor, type Section, sectionMarkup } from "../sections/section.ts";
import { html, Markup } from "@moongate/text";
import { LANGUAGES, type Language, type Say, speaker } from "../words/words.ts";
import { PAGE_STYLE } from "./style.ts";

/** What stands on a page in one language. */
export interface Body {
  readonly lead: Markup;
  readonly sections: readonly Section[];
}

const NAMES: Readonly<Record<Language, string>> = { en: "English", zh: "中文" };

/**
 * A page that needs nothing else: no network, which its policy forbids, and no script. It holds its
 * text once in each language; the switch is two radio buttons, which style alone can follow.
 */
export function document(opens: Language, bodyIn: (say: Say) => Body): string {
  const title = speaker(opens)("page.title");
  const choices = LANGUAGES.map(
    (language) =>
      html`<input type="radio" name="language" id="${language}" ${language === opens ? new Markup("checked") : ""}>`,
  );
  const labels = LANGUAGES.map(
    (language) => html`<label for="${language}" lang="${language}">${NAMES[language]}</label>`,
  );
  const mains = LANGUAGES.map((language) => main(speaker(language), bodyIn));
  return html`<!doctype html>
<html lang="${opens}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${new Markup(PAGE_STYLE)}</style>
</head>
<body>
${choices}
<div class="switch">${labels}</div>
${mains}
</body>
</html>
`.text;
}

function main(say: Say, bodyIn: (say: Say) => Body): Markup {
  const { lead, sections } = bodyIn(say);
  const links = sections.map(
    ({ key }) => html`<li><a href="#${anchor(key, say)}">${say(key)}</a></li>`,
  );
  return html`<main lang="${say.language === "zh" ? "zh-Hans" : "en"}" class="${say.language}">
<header><h1>${say("page.title")}</h1>${lead}</header>
<nav aria-label="${say("page.sections")}"><ul>${links}</ul></nav>
${sections.map((section) => sectionMarkup(section, say))}
</main>
`;
}
