import { useState } from "preact/hooks";
import { whole } from "../../language/language.ts";
import { Bars } from "../../stage/scale.tsx";
import type { Chapter, ExperimentProps } from "../chapter.ts";
import { BUYERS, type LineUp, lineUp } from "./lineup.ts";
import { SAFE } from "./texts.ts";
import "./safe.css";

/** Lets the page draw before the training takes the processor. */
const A_MOMENT = 50;

function Experiment({ language, onDone }: ExperimentProps) {
  const t = SAFE[language];
  const [busy, setBusy] = useState(false);
  const [line, setLine] = useState<LineUp>();
  const [failure, setFailure] = useState("");
  const [marked, setMarked] = useState<readonly number[]>([]);
  const [checked, setChecked] = useState(false);
  const train = (): void => {
    setBusy(true);
    setTimeout(() => {
      lineUp()
        .then(setLine, (thrown: unknown) => {
          setFailure(thrown instanceof Error ? thrown.message : "?");
        })
        .finally(() => {
          setBusy(false);
        });
    }, A_MOMENT);
  };
  if (line === undefined) {
    return (
      <div class="safe">
        <p>{t.intro}</p>
        <button type="button" class="main" data-train disabled={busy} onClick={train}>
          {t.train}
        </button>
        <p role="status">{busy ? t.training : failure}</p>
      </div>
    );
  }
  const { customers, outcome } = line;
  const longest = Math.max(...customers.map(({ length }) => length));
  const found = customers.filter(({ row, bought }) => bought && marked.includes(row)).length;
  return (
    <div class="safe">
      <p>{t.sort}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.customer}</th>
            <th scope="col">{t.length}</th>
            <th scope="col">{t.mark}</th>
          </tr>
        </thead>
        <tbody>
          {customers.map(({ row, length, bought }) => (
            <tr key={row}>
              <th scope="row">{row + 1}</th>
              <td class="ruler">
                <span class="fill" style={{ width: `${String((100 * length) / longest)}%` }} />
                <span>{length.toPrecision(2)}</span>
              </td>
              <td>
                <label>
                  <input
                    type="checkbox"
                    aria-label={`${t.mark} ${String(row + 1)}`}
                    disabled={checked || (marked.length >= BUYERS && !marked.includes(row))}
                    checked={marked.includes(row)}
                    onChange={() => {
                      setMarked(
                        marked.includes(row)
                          ? marked.filter((each) => each !== row)
                          : [...marked, row],
                      );
                    }}
                  />{" "}
                  {checked ? (bought ? t.bought : t.not) : ""}
                </label>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <button
        type="button"
        class="main"
        data-check
        disabled={checked || marked.length < BUYERS}
        onClick={() => {
          setChecked(true);
          onDone();
        }}
      >
        {t.check}
      </button>
      {checked ? (
        <>
          <p role="status" data-yours>
            {t.yours(found, BUYERS)}
          </p>
          <h3>{t.machine(whole(outcome.steps), whole(outcome.bytes))}</h3>
          <Bars
            from={0.5}
            to={1}
            marks={outcome.attacks.flatMap(({ about, leak }) =>
              leak === undefined
                ? []
                : [{ name: t.attacks[about.name] ?? about.title, value: leak.mean }],
            )}
          />
          <p>{t.chance}</p>
        </>
      ) : null}
    </div>
  );
}

export const safe: Chapter = {
  id: "safe",
  texts: SAFE,
  right: 2,
  paperUrl: "https://arxiv.org/abs/2102.08504",
  Experiment,
};
