import { useState } from "preact/hooks";
import type { PageLanguage } from "../../language/language.ts";
import { Slider } from "../../stage/slider.tsx";
import { Wheel } from "../../stage/wheel.tsx";
import type { MaskedSender } from "./masked-value.ts";
import { MASK } from "./texts.ts";

/** Positions of the slider; the low bits of the mask stay as they were drawn. */
const PLACES = 1024;
const LOW_BITS = 0x2b_91c4_07d8_6e35n;

interface BigRingProps {
  readonly language: PageLanguage;
  readonly sender: MaskedSender;
  readonly value: number;
}

const hex = (word: bigint): string => word.toString(16).padStart(16, "0");

/** The part of the way around the ring at which a word lies. */
const turnsOf = (word: bigint): number => Number(word >> 32n) / 2 ** 32;

/** The ring of 2^64 with a mask to drag; the sum is the library's. */
export function BigRing({ language, sender, value }: BigRingProps) {
  const t = MASK[language];
  const [place, setPlace] = useState(377);
  const mask = (BigInt(place) << 54n) | LOW_BITS;
  const [word, sum] = [sender.word(value), sender.under(value, mask)];
  return (
    <div class="two">
      <Wheel
        secret={{ turns: turnsOf(word), text: String(value) }}
        sent={{ turns: turnsOf(sum), text: "?" }}
        ticks={16}
        label={`${hex(word)} → ${hex(sum)}`}
        onTurn={(turns) => {
          setPlace(Math.floor(turns * PLACES) % PLACES);
        }}
      />
      <div>
        <Slider
          name={t.bigMask}
          value={place}
          most={PLACES - 1}
          says={`${hex(mask).slice(0, 4)}…`}
          onChange={setPlace}
        />
        <dl class="sum">
          <dt>{t.asWord}</dt>
          <dd>
            <code class="hex secret" data-word>
              {hex(word)}
            </code>
          </dd>
          <dt>{t.plusMask}</dt>
          <dd>
            <code class="hex" data-mask>
              {hex(mask)}
            </code>
          </dd>
          <dt>{t.isSent}</dt>
          <dd>
            <code class="hex sent" data-sum>
              {hex(sum)}
            </code>
          </dd>
        </dl>
        <p>{t.bigSays}</p>
      </div>
    </div>
  );
}
