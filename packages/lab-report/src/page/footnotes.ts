import { html, type Markup, NOTHING } from "@moongate/text";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/** Sentences that many rows of a table share: a letter in the row, the sentence once below. */
export class Footnotes {
  readonly #id: string;
  readonly #letters = new Map<string, string>();

  /** @param id begins the anchors; unique on the page. */
  constructor(id: string, sentences: readonly string[]) {
    this.#id = id;
    for (const sentence of sentences) {
      const at = this.#letters.size;
      if (!this.#letters.has(sentence)) this.#letters.set(sentence, LETTERS[at] ?? String(at + 1));
    }
  }

  /** A short word with the letter of its sentence. */
  mark(word: string, sentence: string): Markup {
    const letter = this.#letters.get(sentence) ?? "";
    return html`${word} <a class="note" href="#${this.#id}-${letter}">${letter}</a>`;
  }

  list(): Markup {
    if (this.#letters.size === 0) return NOTHING;
    return html`<dl class="notes">${[...this.#letters].map(
      ([sentence, letter]) =>
        html`<div id="${this.#id}-${letter}"><dt>${letter}</dt><dd>${sentence}</dd></div>`,
    )}</dl>`;
  }
}
