import { useEffect, useState } from "preact/hooks";
import { at } from "@moongate/errors";
import { fixed, whole } from "../../language/language.ts";
import { Histogram } from "../../stage/histogram.tsx";
import { Slider } from "../../stage/slider.tsx";
import { Wheel } from "../../stage/wheel.tsx";
import type { Chapter, ExperimentProps } from "../chapter.ts";
import { MaskedSender, spread } from "./masked-value.ts";
import { BigRing } from "./big-ring.tsx";
import { Reused } from "./reused.tsx";
import { MASK } from "./texts.ts";
import "./mask.css";

const WORDS = 2000;
const WHEEL = 97;

function Experiment({ language, onDone }: ExperimentProps) {
  const t = MASK[language];
  const [sender, setSender] = useState<MaskedSender>();
  useEffect(() => {
    void MaskedSender.create().then(setSender);
  }, []);
  const [value, setValue] = useState(42);
  const [mask, setMask] = useState(13);
  const [sent, setSent] = useState<{ readonly counts: readonly number[]; readonly last: bigint }>();
  const sum = (value + mask) % WHEEL;
  if (sender === undefined) return null;
  return (
    <div class="mask">
      <h3>{t.wheel}</h3>
      <div class="two">
        <Wheel
          secret={{ turns: value / WHEEL, text: String(value) }}
          sent={{ turns: sum / WHEEL, text: String(sum) }}
          ticks={WHEEL}
          label={t.wheelSays(value, mask, sum)}
          onTurn={(turns) => {
            setMask((Math.round(turns * WHEEL) - value + 2 * WHEEL) % WHEEL);
          }}
        />
        <div>
          <Slider name={t.secret} value={value} most={WHEEL - 1} onChange={setValue} />
          <Slider name={t.wheelMask} value={mask} most={WHEEL - 1} onChange={setMask} />
          <p role="status" data-wheel>
            {t.wheelSays(value, mask, sum)}
          </p>
          <p>{t.wheelEvery}</p>
        </div>
      </div>
      <h3>{t.ring}</h3>
      <BigRing language={language} sender={sender} value={value} />
      <button
        type="button"
        class="main"
        data-send
        onClick={() => {
          const words = new BigUint64Array(WORDS);
          for (let n = 0; n < WORDS; n++) words[n] = at(sender.fresh(Float64Array.of(value)), 0);
          setSent({ counts: spread(words, 16), last: at(words, WORDS - 1) });
        }}
      >
        {t.send}
      </button>
      {sent === undefined ? null : (
        <>
          <p>
            {t.sent}: <code class="hex">{sent.last.toString(16).padStart(16, "0")}</code>
          </p>
          <p>{t.spreadOf(whole(WORDS))}</p>
          <Histogram counts={sent.counts} label={sent.counts.map((n) => fixed(n, 0)).join(", ")} />
          <Reused language={language} sender={sender} value={value} onDone={onDone} />
        </>
      )}
    </div>
  );
}

export const mask: Chapter = {
  id: "mask",
  texts: MASK,
  right: 1,
  paperUrl: "https://doi.org/10.1002/j.1538-7305.1949.tb00928.x",
  Experiment,
};
