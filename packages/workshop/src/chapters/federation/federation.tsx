import { useState } from "preact/hooks";
import { fixed, whole } from "../../language/language.ts";
import type { FinishedFederation } from "../../session/federation.ts";
import { DEFAULT_PLAN } from "../../session/plan.ts";
import { Bars } from "../../stage/scale.tsx";
import { Stage } from "../../stage/stage.tsx";
import { useFederation } from "../../stage/use-federation.ts";
import type { Chapter, ExperimentProps } from "../chapter.ts";
import { FEDERATION } from "./texts.ts";

/** The layers; what the machine keeps beside them for scoring is left out. */
const SHOWN: readonly string[] = ["hidden", "output"];

function Experiment({ language, onDone, stage, onStage }: ExperimentProps) {
  const [results, setResults] = useState<
    Readonly<Record<"masked" | "bare", FinishedFederation | undefined>>
  >({
    masked: undefined,
    bare: undefined,
  });
  const own = FEDERATION[language];
  const federation = useFederation((finished, plan) => {
    const which = plan.zeroMasks ? "bare" : "masked";
    setResults((known) => ({ ...known, [which]: finished }));
    onDone();
  });
  const { finished, count } = federation.shown;
  const weights = finished?.model.parameters.filter(({ name }) => SHOWN.includes(name)) ?? [];
  return (
    <div class="stage">
      <Stage
        language={language}
        plan={DEFAULT_PLAN}
        federation={federation}
        state={stage}
        onState={onStage}
      />
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
