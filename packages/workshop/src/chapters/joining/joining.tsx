import { useEffect, useRef, useState } from "preact/hooks";
import { fixed, type PageLanguage, whole } from "../../language/language.ts";
import type { SplitTold } from "../../split/orders.ts";
import { Splits } from "../../split/splits.ts";
import { Slider } from "../../stage/slider.tsx";
import type { Chapter, ExperimentProps } from "../chapter.ts";
import { JOINING } from "./texts.ts";
import {
  type Budget,
  codeOf,
  FENCE_OF,
  type Measures,
  measuresOf,
  memoOf,
  type Way,
  WAYS,
  worthOf,
} from "./worth.ts";
import "./joining.css";

interface Measured {
  readonly outcome: SplitTold;
  readonly measures: Measures;
}

function Experiment({ language, onDone }: ExperimentProps) {
  const t = JOINING[language];
  const splits = useRef<Splits | undefined>(undefined);
  const [measured, setMeasured] = useState<Readonly<Partial<Record<Way, Measured>>>>({});
  const [busy, setBusy] = useState(false);
  const [chosen, setChosen] = useState<Way>("masked");
  const [name, setName] = useState("");
  const [code, setCode] = useState("");
  const [budget, setBudget] = useState<Budget>({
    ...{ conversionValue: 30, fixedCost: 1000, mostLeak: 0.6, mostMegabytes: 100 },
  });
  useEffect(() => () => splits.current?.stop(), []);
  const measure = async (): Promise<void> => {
    setBusy(true);
    const worker = (splits.current ??= new Splits());
    const alone = await worker.floor();
    for (const way of WAYS) {
      const outcome =
        way === "alone"
          ? { ...alone, bytes: 0, leak: 0.5 }
          : way === "masked"
            ? await worker.masked()
            : await worker.split(FENCE_OF[way]);
      const measures = measuresOf(way, outcome, alone);
      setMeasured((known) => ({ ...known, [way]: { outcome, measures } }));
    }
    setBusy(false);
  };
  const change = (part: Partial<Budget>): void => {
    setBudget({ ...budget, ...part });
    setCode("");
  };
  const ready = WAYS.every((way) => measured[way] !== undefined);
  return (
    <div class="joining">
      <p>{t.table}</p>
      <button
        type="button"
        class="main"
        data-measure
        disabled={busy}
        onClick={() => void measure()}
      >
        {t.measure}
      </button>
      <p role="status">{busy ? t.working : ""}</p>
      <h3>{t.budget}</h3>
      <Slider
        name={t.value}
        value={budget.conversionValue}
        least={5}
        most={200}
        step={5}
        onChange={(conversionValue) => {
          change({ conversionValue });
        }}
      />
      <Slider
        name={t.fixed}
        value={budget.fixedCost}
        most={10000}
        step={250}
        says={whole(budget.fixedCost)}
        onChange={(fixedCost) => {
          change({ fixedCost });
        }}
      />
      <Slider
        name={t.mostLeak}
        value={budget.mostLeak}
        least={0.5}
        most={1}
        step={0.01}
        says={fixed(budget.mostLeak, 2)}
        onChange={(mostLeak) => {
          change({ mostLeak });
        }}
      />
      <Slider
        name={t.mostBytes}
        value={budget.mostMegabytes}
        least={1}
        most={200}
        onChange={(mostMegabytes) => {
          change({ mostMegabytes });
        }}
      />
      <Worths language={language} measured={measured} budget={budget} />
      {!ready ? null : (
        <>
          <fieldset>
            <legend>{t.choose}</legend>
            {WAYS.map((way) => (
              <label key={way}>
                <input
                  type="radio"
                  name="way"
                  value={way}
                  checked={way === chosen}
                  onChange={() => {
                    setChosen(way);
                    setCode("");
                  }}
                />{" "}
                {t.ways[way]}
              </label>
            ))}
            <label>
              {t.name}{" "}
              <input
                type="text"
                maxLength={40}
                value={name}
                onInput={(event) => {
                  setName(event.currentTarget.value);
                  setCode("");
                }}
              />
            </label>
            <button
              type="button"
              class="main"
              data-sign
              onClick={() => {
                setCode(codeOf({ name, way: chosen, budget }));
                onDone();
              }}
            >
              {t.sign}
            </button>
          </fieldset>
          {code === "" ? null : (
            <section class="memo" aria-label={t.memo}>
              <h3>{t.memo}</h3>
              <p>{t.memoSays(t.ways[chosen], name === "" ? "—" : name)}</p>
              <p>{t.codeSays}</p>
              <p>
                <code class="hex" data-code>
                  {code}
                </code>
              </p>
            </section>
          )}
          <Room language={language} own={code} />
        </>
      )}
    </div>
  );
}

interface WorthsProps {
  readonly language: PageLanguage;
  readonly measured: Readonly<Partial<Record<Way, Measured>>>;
  readonly budget: Budget;
}

/** Every way under the budget: what it leaks, learns, sends and earns. */
function Worths({ language, measured, budget }: WorthsProps) {
  const t = JOINING[language];
  const rows = WAYS.flatMap((way) => {
    const found = measured[way];
    return found === undefined
      ? []
      : [{ way, ...found, worth: worthOf(way, found.measures, budget) }];
  });
  if (rows.length === 0) return null;
  const over = (is: boolean): string | undefined => (is ? "over" : undefined);
  return (
    <div class="scrolls" role="region" aria-label={t.budget} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.way}</th>
            <th scope="col">{t.auc}</th>
            <th scope="col">{t.leak}</th>
            <th scope="col">{t.megabytes}</th>
            <th scope="col">{t.orders}</th>
            <th scope="col">{t.money}</th>
            <th scope="col">{t.verdict}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ way, outcome: { auc, leak, bytes }, worth }) => (
            <tr key={way}>
              <th scope="row">{t.ways[way]}</th>
              <td data-worth-auc={way}>{fixed(auc, 3)}</td>
              <td class={over(leak > budget.mostLeak)} data-worth-leak={way}>
                {fixed(leak, 2)}
                {way === "masked" ? "*" : ""}
              </td>
              <td class={over(bytes / 1e6 > budget.mostMegabytes)} data-worth-bytes={way}>
                {fixed(bytes / 1e6, 1)}
              </td>
              <td data-worth-orders={way}>
                {way === "alone" ? whole(worth.orders.alone) : whole(worth.orders.joint)}
              </td>
              <td data-worth-money={way}>{way === "alone" ? "0" : whole(worth.money.net.mean)}</td>
              <td>{way === "alone" ? "" : t.verdicts[worth.verdict]}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{t.star}</p>
    </div>
  );
}

/** Everybody's codes, pasted: who chose what. */
function Room({ language, own }: { readonly language: PageLanguage; readonly own: string }) {
  const t = JOINING[language];
  const [pasted, setPasted] = useState("");
  const codes = [...new Set([own, ...pasted.split(/\s+/)])].filter((each) => each !== "");
  const memos = codes.flatMap((each) => memoOf(each) ?? []);
  return (
    <>
      <h3>{t.room}</h3>
      <label>
        {t.paste}
        <textarea
          rows={3}
          value={pasted}
          onInput={(event) => {
            setPasted(event.currentTarget.value);
          }}
        />
      </label>
      <dl class="bars" data-room>
        {WAYS.map((way) => {
          const who = memos.filter((memo) => memo.way === way);
          const part = memos.length === 0 ? 0 : who.length / memos.length;
          return (
            <div key={way}>
              <dt>{t.ways[way]}</dt>
              <dd>
                <span class="fill" style={{ width: `${String(100 * part)}%` }} />
                <span class="number">
                  {who.length} {who.map((memo) => memo.name).join(", ")}
                </span>
              </dd>
            </div>
          );
        })}
      </dl>
      <p role="status">
        {codes.length > memos.length ? t.unread(codes.length - memos.length) : ""}
      </p>
    </>
  );
}

export const joiningChapter: Chapter = {
  id: "joining",
  texts: JOINING,
  right: 1,
  paperUrl: "https://www.usenix.org/conference/usenixsecurity22/presentation/fu-chong",
  Experiment,
};
