import { small } from "./slips.ts";

/** One line of a slip: a name, a word, and how it was made, in words modulo 256. */
export interface SlipLine {
  readonly name: string;
  readonly word: bigint;
  readonly how?: string;
}

interface SlipProps {
  readonly owner: "media" | "commerce" | "coordinator" | "everybody";
  readonly title: string;
  readonly lines: readonly SlipLine[];
  /** Every digit of the real words, not the last two alone. */
  readonly whole: boolean;
}

/** A slip of paper: what one party holds at one moment. */
export function Slip({ owner, title, lines, whole }: SlipProps) {
  return (
    <section class={`slip ${owner}`} aria-label={title}>
      <h4>{title}</h4>
      <dl>
        {lines.map(({ name, word, how }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {whole ? <Digits word={word} /> : <b data-slip={`${owner} ${name}`}>{small(word)}</b>}
              {how === undefined ? null : <small>{how}</small>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** All sixteen digits, the last two of which are what small slips show. */
function Digits({ word }: { readonly word: bigint }) {
  const digits = word.toString(16).padStart(16, "0");
  return (
    <code class="hex">
      {digits.slice(0, 14)}
      <b>{digits.slice(14)}</b>
    </code>
  );
}
