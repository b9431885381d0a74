import { useState } from "preact/hooks";
import { whole as grouped } from "../../language/language.ts";
import { lessonSecrets, type OperationBytes, operationBytes } from "../../lessons/lesson.ts";
import { beaverLesson, privateTimesShared } from "../../lessons/products.ts";
import { Slider } from "../../stage/slider.tsx";
import type { Chapter, ExperimentProps } from "../chapter.ts";
import { BEAVER_MOMENTS, BeaverTable } from "./beaver-table.tsx";
import { SessionTable } from "./session-table.tsx";
import { type BeaverSlips, beaverSlips, type ProductSlips, productSlips } from "./slips.ts";
import { PRODUCT } from "./texts.ts";
import "./product.css";

/** Factors up to 15: their products are below 256, so the small slips show them whole. */
const MOST = 15;

interface Session {
  readonly x: number;
  readonly slips: ProductSlips;
  readonly bytes: Readonly<Record<"beaver" | "session", OperationBytes>>;
}

function Experiment({ language, onDone }: ExperimentProps) {
  const t = PRODUCT[language];
  const [a, setA] = useState(7);
  const [b, setB] = useState(9);
  const [round, setRound] = useState(0);
  const [slips, setSlips] = useState<BeaverSlips>();
  const [shown, setShown] = useState(0);
  const [session, setSession] = useState<Session>();
  const [wholeWords, setWholeWords] = useState(false);
  const secrets = (which: number) => lessonSecrets(`product ${String(which)}`);
  const deal = async (): Promise<void> => {
    const next = round + 1;
    setRound(next);
    setSlips(beaverSlips(await beaverLesson(a, b, secrets(next))));
    setShown(1);
  };
  const protocol = async (): Promise<void> => {
    const beaver = await beaverLesson(a, b, secrets(round));
    const lesson = await privateTimesShared(a, b, secrets(round));
    setSession({
      x: a,
      slips: productSlips(lesson),
      bytes: { beaver: operationBytes(beaver), session: operationBytes(lesson) },
    });
    onDone();
  };
  const again = (set: (value: number) => void) => (value: number) => {
    set(value);
    setSlips(undefined);
    setSession(undefined);
  };
  return (
    <div class="product">
      <p>{t.clock}</p>
      <div class="factors">
        <Slider name="a" value={a} least={1} most={MOST} onChange={again(setA)} />
        <Slider name="b" value={b} least={1} most={MOST} onChange={again(setB)} />
      </div>
      <div class="controls">
        <button type="button" class="main" data-deal onClick={() => void deal()}>
          {slips === undefined ? t.deal : t.again}
        </button>
        <label>
          <input
            type="checkbox"
            checked={wholeWords}
            onChange={() => {
              setWholeWords(!wholeWords);
            }}
          />{" "}
          {t.wholeWords}
        </label>
      </div>
      {slips === undefined ? null : (
        <>
          <BeaverTable language={language} slips={slips} shown={shown} whole={wholeWords} />
          {shown < BEAVER_MOMENTS ? (
            <button
              type="button"
              class="main"
              data-next
              onClick={() => {
                setShown(shown + 1);
              }}
            >
              {t.next}
            </button>
          ) : (
            <>
              <h3>{t.protocol}</h3>
              <p>{t.protocolSays}</p>
              <button type="button" class="main" data-protocol onClick={() => void protocol()}>
                {t.run}
              </button>
            </>
          )}
        </>
      )}
      {session === undefined ? null : (
        <>
          <SessionTable
            language={language}
            x={session.x}
            slips={session.slips}
            whole={wholeWords}
          />
          <table>
            <thead>
              <tr>
                <th scope="col">{t.way}</th>
                <th scope="col">{t.openedBytes}</th>
                <th scope="col">{t.dealtBytes}</th>
              </tr>
            </thead>
            <tbody>
              {(["beaver", "session"] as const).map((way) => (
                <tr key={way}>
                  <th scope="row">{way === "beaver" ? t.byBeaver : t.byProtocol}</th>
                  <td data-opened={way}>{grouped(session.bytes[way].opened)}</td>
                  <td>{grouped(session.bytes[way].dealt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p>{t.cheaper}</p>
        </>
      )}
    </div>
  );
}

export const product: Chapter = {
  id: "product",
  texts: PRODUCT,
  right: 1,
  paperUrl: "https://doi.org/10.1007/3-540-46766-1_34",
  Experiment,
};
