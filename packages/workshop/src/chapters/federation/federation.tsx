import { useState } from "preact/hooks";
import { fixed, whole } from "../../language/language.ts";
import type { FinishedFederation } from "../../session/federation.ts";
import { DEFAULT_PLAN } from "../../session/plan.ts";
import type { Pace } from "../../session/protocol.ts";
import { Bars } from "../../stage/scale.tsx";
import { Cards } from "../../stage/cards.tsx";
import { type Eyes, EYES, Inspector } from "../../stage/inspector.tsx";
import { STAGE } from "../../stage/texts.ts";
import { useFederation } from "../../stage/use-federation.ts";
import type { Chapter, ExperimentProps } from "../chapter.ts";
import { FEDERATION } from "./texts.ts";

/** The layers; what the machine keeps beside them for scoring is left out. */
const SHOWN: readonly string[] = ["hidden", "output"];

const PACES: readonly Pace[] = ["run", "slow", "step"];

function Experiment({ language, onDone }: ExperimentProps) {
  const [pace, setPace] = useState<Pace>("run");
  const [eyes, setEyes] = useState<Eyes>("all");
  const [zeroMasks, setZeroMasks] = useState(false);
  const [results, setResults] = useState<
    Readonly<Record<"masked" | "bare", FinishedFederation | undefined>>
  >({
    masked: undefined,
    bare: undefined,
  });
  const t = STAGE[language];
  const own = FEDERATION[language];
  const federation = useFederation((finished, plan) => {
    const which = plan.zeroMasks ? "bare" : "masked";
    setResults((known) => ({ ...known, [which]: finished }));
    onDone();
  });
  const { shown } = federation;
  const { finished } = shown;
  const weights = finished?.model.parameters.filter(({ name }) => SHOWN.includes(name)) ?? [];
  const { failure, going, count, progress } = shown;
  const names = {
    all: t.all,
    media: t.media,
    commerce: t.commerce,
    coordinator: t.coordinator,
    network: t.network,
  };
  return (
    <div class="stage">
      <Cards language={language} latest={shown.frames[0]?.frame} />
      <div class="controls">
        <button
          type="button"
          class="main"
          disabled={going && pace === "run"}
          onClick={() => {
            federation.start({ ...DEFAULT_PLAN, zeroMasks }, pace);
          }}
        >
          {count === 0 ? t.start : t.again}
        </button>
        <label>
          {t.pace}{" "}
          <select
            value={pace}
            onChange={(event) => {
              const chosen = PACES.find((each) => each === event.currentTarget.value) ?? "run";
              setPace(chosen);
              federation.pace(chosen);
            }}
          >
            {PACES.map((each) => (
              <option key={each} value={each}>
                {t[each]}
              </option>
            ))}
          </select>
        </label>
        {pace === "step" ? (
          <button type="button" disabled={!shown.waits} onClick={federation.next}>
            {t.nextFrame}
          </button>
        ) : null}
        <label>
          {t.viewAs}{" "}
          <select
            value={eyes}
            onChange={(event) => {
              setEyes(EYES.find((each) => each === event.currentTarget.value) ?? "all");
            }}
          >
            {EYES.map((each) => (
              <option key={each} value={each}>
                {names[each]}
              </option>
            ))}
          </select>
        </label>
        <label>
          <input
            type="checkbox"
            checked={zeroMasks}
            onChange={() => {
              setZeroMasks(!zeroMasks);
            }}
          />{" "}
          {t.control}
        </label>
      </div>
      <p role="status" class="status">
        {count > 0 ? `${whole(count)} ${t.frames}. ` : ""}
        {going ? `${t.progress}: ${progress}. ` : ""}
        {shown.waits ? t.waiting : ""}
        {failure ?? ""}
      </p>
      {count > 0 ? <Inspector language={language} frames={shown.frames} eyes={eyes} /> : null}
      {finished === undefined ? null : (
        <div class="results">
          <p>{own.summary(whole(finished.rows), whole(count), fixed(finished.seconds, 1))}</p>
          <h3>{own.quality}</h3>
          <Bars
            from={0.5}
            to={1}
            marks={[
              { name: own.floor, value: finished.beside.floor },
              { name: own.federated, value: finished.federated, strong: true },
              { name: own.ceiling, value: finished.beside.ceiling },
            ]}
          />
          <h3>{own.attack}</h3>
          <Bars
            from={0.5}
            to={1}
            marks={[
              ...(results.masked === undefined
                ? []
                : [{ name: own.leakMasked, value: results.masked.leak, strong: true }]),
              ...(results.bare === undefined
                ? []
                : [{ name: own.leakBare, value: results.bare.leak }]),
            ]}
          />
          <p>{own.chance}</p>
          {results.bare === undefined ? <p>{own.both}</p> : null}
          <h3>{t.ledger}</h3>
          {finished.ledger.length === 0 ? (
            <p>{t.ledgerNone}</p>
          ) : (
            <ul class="ledger">
              {finished.ledger.map(({ what, shape, to, why }) => (
                <li key={what} lang="en">
                  {what} ({shape}) → {to}: {why}
                </li>
              ))}
            </ul>
          )}
          <details>
            <summary>{own.model}</summary>
            <ul class="weights">
              {weights.map(({ name, values }) => (
                <li key={name}>
                  <code>
                    {name}:{" "}
                    {Array.from(values.subarray(0, 8), (value) => fixed(value, 4)).join(", ")}
                    {values.length > 8 ? " …" : ""}
                  </code>
                </li>
              ))}
            </ul>
            <p>
              {own.fingerprint} <code data-fingerprint>{finished.model.fingerprint}</code>
            </p>
          </details>
        </div>
      )}
    </div>
  );
}

export const federation: Chapter = {
  id: "federation",
  texts: FEDERATION,
  right: 1,
  paperUrl: "https://doi.org/10.1109/SP.2017.12",
  Experiment,
};
