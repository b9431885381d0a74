import { useRef, useState } from "preact/hooks";
import { fixed, whole } from "../../language/language.ts";
import { Histogram } from "../../stage/histogram.tsx";
import type { Chapter, ExperimentProps } from "../chapter.ts";
import { difference, MaskedSender, spread } from "./masked-value.ts";
import { MASK } from "./texts.ts";
import { Wheel } from "./wheel.tsx";

const WORDS = 2000;
const WHEEL = 97;

function Experiment({ language, onDone }: ExperimentProps) {
  const t = MASK[language];
  const sender = useRef(new MaskedSender());
  const [value, setValue] = useState(42);
  const [mask, setMask] = useState(13);
  const [second, setSecond] = useState(75);
  const [sent, setSent] = useState<{ readonly counts: readonly number[]; readonly last: bigint }>();
  const [pair, setPair] = useState<readonly [bigint, bigint]>();
  const [refusal, setRefusal] = useState("");
  const sum = (value + mask) % WHEEL;
  return (
    <div class="mask">
      <h3>{t.wheel}</h3>
      <div class="two">
        <Wheel size={WHEEL} value={value} sum={sum} />
        <div>
          <Slider name={t.secret} value={value} most={WHEEL - 1} onChange={setValue} />
          <Slider name={t.wheelMask} value={mask} most={WHEEL - 1} onChange={setMask} />
          <p role="status">{t.wheelSays(value, mask, sum)}</p>
          <p>{t.wheelEvery}</p>
        </div>
      </div>
      <h3>{t.ring}</h3>
      <button
        type="button"
        class="main"
        onClick={() => {
          const counts = spread(sender.current, value, WORDS, 16);
          setSent({ counts, last: sender.current.fresh(value) });
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
          <Histogram counts={sent.counts} label={sent.counts.join(", ")} />
          <h3>{t.reuse}</h3>
          <Slider name={t.second} value={second} most={WHEEL - 1} onChange={setSecond} />
          <button
            type="button"
            class="main"
            onClick={() => {
              setPair(sender.current.reused(value, second));
              setRefusal(sender.current.refusal());
              onDone();
            }}
          >
            {t.reuseSend}
          </button>
        </>
      )}
      {pair === undefined ? null : (
        <div role="status">
          <p>
            <code class="hex">{pair[0].toString(16).padStart(16, "0")}</code>
            <br />
            <code class="hex">{pair[1].toString(16).padStart(16, "0")}</code>
          </p>
          <p>
            {t.reuseSays} <strong data-difference>{fixed(difference(pair[0], pair[1]), 0)}</strong>
          </p>
          <p>{t.registry}</p>
          <p>
            <code data-refusal lang="en">
              {refusal}
            </code>
          </p>
        </div>
      )}
    </div>
  );
}

interface SliderProps {
  readonly name: string;
  readonly value: number;
  readonly most: number;
  readonly onChange: (value: number) => void;
}

function Slider({ name, value, most, onChange }: SliderProps) {
  return (
    <label class="slider">
      <span>
        {name}: <output>{value}</output>
      </span>
      <input
        type="range"
        min={0}
        max={most}
        value={value}
        onInput={(event) => {
          onChange(Number(event.currentTarget.value));
        }}
      />
    </label>
  );
}

export const mask: Chapter = {
  id: "mask",
  texts: MASK,
  right: 1,
  paperUrl: "https://doi.org/10.1002/j.1538-7305.1949.tb00928.x",
  Experiment,
};
