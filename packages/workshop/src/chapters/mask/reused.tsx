import { useState } from "preact/hooks";
import { at } from "@moongate/errors";
import { fixed, type PageLanguage } from "../../language/language.ts";
import { Shades } from "../../stage/shades.tsx";
import { Slider } from "../../stage/slider.tsx";
import type { MaskedSender } from "./masked-value.ts";
import { moonGate, shadesOfValues, shadesOfWords, SIDE, tree } from "./pictures.ts";
import { MASK } from "./texts.ts";

interface ReusedProps {
  readonly language: PageLanguage;
  readonly sender: MaskedSender;
  readonly value: number;
  readonly onDone: () => void;
}

/** What a listener has after two values, and two pictures, under one mask. */
interface Overheard {
  readonly pair: readonly [string, string];
  readonly difference: number;
  readonly first: readonly number[];
  readonly second: readonly number[];
  readonly oneMask: readonly number[];
  readonly ownMasks: readonly number[];
  readonly refusal: string;
}

/** Differences of the pictures lie between minus and plus this. */
const MOST = 90;

/** The rule of the one-time mask broken: on two numbers, then on two pictures. */
export function Reused({ language, sender, value, onDone }: ReusedProps) {
  const t = MASK[language];
  const [second, setSecond] = useState(75);
  const [heard, setHeard] = useState<Overheard>();
  return (
    <>
      <h3>{t.reuse}</h3>
      <Slider name={t.second} value={second} most={96} onChange={setSecond} />
      <button
        type="button"
        class="main"
        data-reuse
        onClick={() => {
          setHeard(overhear(sender, value, second));
          onDone();
        }}
      >
        {t.reuseSend}
      </button>
      {heard === undefined ? null : (
        <div role="status">
          <p>
            <code class="hex">{heard.pair[0]}</code>
            <br />
            <code class="hex">{heard.pair[1]}</code>
          </p>
          <p>
            {t.reuseSays} <strong data-difference>{fixed(heard.difference, 0)}</strong>
          </p>
          <h3>{t.pictures}</h3>
          <p>{t.picturesSay}</p>
          <div class="pictures">
            <Shades title={t.firstSent} shades={heard.first} width={SIDE} />
            <Shades title={t.secondSent} shades={heard.second} width={SIDE} />
            <Shades title={t.ownMasks} shades={heard.ownMasks} width={SIDE} />
            <Shades title={t.oneMask} shades={heard.oneMask} width={SIDE} />
          </div>
          <p>{t.registry}</p>
          <p>
            <code data-refusal lang="en">
              {heard.refusal}
            </code>
          </p>
        </div>
      )}
    </>
  );
}

function overhear(sender: MaskedSender, value: number, second: number): Overheard {
  const pair = sender.reused(Float64Array.of(value), Float64Array.of(second));
  const [gate, other] = [moonGate(), tree()];
  const [first, again] = sender.reused(gate, other);
  const apart = sender.difference(sender.fresh(gate), sender.fresh(other));
  const hex = (words: BigUint64Array): string => at(words, 0).toString(16).padStart(16, "0");
  return {
    pair: [hex(pair[0]), hex(pair[1])],
    difference: at(sender.difference(...pair), 0),
    first: shadesOfWords(first),
    second: shadesOfWords(again),
    oneMask: shadesOfValues(sender.difference(first, again), MOST),
    ownMasks: shadesOfValues(apart, 2 ** 47),
    refusal: sender.refusal(),
  };
}
