import { html, type Content, type Markup } from "@moongate/text";
import type { Say, WordKey } from "../words/words.ts";

/** A part of the page with a heading that the list of sections leads to. */
export interface Section {
  readonly key: WordKey & `section.${string}`;
  readonly body: Content;
}

/** Anchors are by language: the page has every section once in each. */
export const anchor = (key: Section["key"], say: Say): string =>
  `${key.replace("section.", "")}-${say.language}`;

export const sectionMarkup = ({ key, body }: Section, say: Say): Markup =>
  html`<section id="${anchor(key, say)}"><h2>${say(key)}</h2>${body}</section>
`;

export const figure = (title: string, picture: Content, notes: Content = ""): Markup =>
  html`<figure><figcaption><b>${title}</b></figcaption>${picture}${notes}</figure>
`;

export const note = (text: Content): Markup => html`<p class="note">${text}</p>`;
