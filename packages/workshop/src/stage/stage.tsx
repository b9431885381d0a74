import { useEffect } from "preact/hooks";
import { type PageLanguage, whole } from "../language/language.ts";
import { useKeys } from "../page/keys.ts";
import type { WorkshopPlan } from "../session/plan.ts";
import { PACES } from "../session/protocol.ts";
import { Cards } from "./cards.tsx";
import { Curve } from "./curve.tsx";
import { Inspector } from "./inspector.tsx";
import { Ledger } from "./ledger.tsx";
import { EYES, type StageState } from "./state.ts";
import { STAGE } from "./texts.ts";
import type { DrivenFederation } from "./use-federation.ts";
import { Wires } from "./wires.tsx";

interface StageProps {
  readonly language: PageLanguage;
  /** What is to be run; the stage itself sets the masks to zero where that is chosen. */
  readonly plan: WorkshopPlan;
  readonly federation: DrivenFederation;
  readonly state: StageState;
  readonly onState: (change: Partial<StageState>) => void;
}

/** A whole session: cards, wires, messages, the ledger and the curve; its state stands in the address. */
export function Stage({ language, plan, federation, state, onState }: StageProps) {
  const t = STAGE[language];
  const { shown } = federation;
  const { going, count, failure, progress, waiting, moment, finished } = shown;
  const { pace, eyes, bare, at, open } = state;
  const start = (until = at === "end" ? undefined : at): void => {
    federation.start({ ...plan, zeroMasks: bare }, at === "end" ? "run" : pace, until);
  };
  // A link that names a moment is reopened there.
  useEffect(() => {
    federation.open(open);
    if (at !== undefined) start();
  }, []);
  const stands = going && pace === "step" && waiting > 0;
  useEffect(() => {
    if (finished !== undefined) onState({ at: "end" });
    else if (stands) onState({ at: moment });
  }, [finished, stands, moment]);
  const step = (): boolean => {
    if (stands) federation.next();
    return stands;
  };
  useKeys({
    ArrowRight: step,
    PageDown: () => document.documentElement.classList.contains("large") && step(),
  });
  const names = { ...t, all: t.all, network: t.network };
  return (
    <>
      <Cards language={language} shown={shown} eyes={eyes} />
      <div class="controls">
        <button
          type="button"
          class="main"
          disabled={going && pace === "run"}
          onClick={() => {
            onState({ at: undefined });
            federation.start({ ...plan, zeroMasks: bare }, pace);
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
              onState({ pace: chosen });
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
          <button type="button" data-next disabled={waiting === 0} onClick={federation.next}>
            {t.nextFrame}
          </button>
        ) : null}
        <label>
          {t.viewAs}{" "}
          <select
            value={eyes}
            onChange={(event) => {
              onState({ eyes: EYES.find((each) => each === event.currentTarget.value) ?? "all" });
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
            checked={bare}
            onChange={() => {
              onState({ bare: !bare });
            }}
          />{" "}
          {t.control}
        </label>
      </div>
      <p role="status" class="status">
        {count > 0 ? `${whole(count)} ${t.frames}. ` : ""}
        {going && progress !== "" ? `${t.progress}: ${progress}. ` : ""}
        {stands ? t.waiting : ""}
        {failure ?? ""}
      </p>
      {count === 0 ? null : (
        <>
          <div class="two even">
            <Wires language={language} frames={shown.frames} />
            <Curve
              language={language}
              epochs={shown.epochs}
              total={plan.epochs}
              floor={shown.beside?.validation.floor}
              ceiling={shown.beside?.validation.ceiling}
            />
          </div>
          <Inspector
            language={language}
            frames={shown.frames}
            opened={shown.opened}
            eyes={eyes}
            onOpen={(name) => {
              federation.open(name);
              onState({ open: name });
            }}
          />
          <Ledger language={language} lines={shown.ledger} />
        </>
      )}
    </>
  );
}
