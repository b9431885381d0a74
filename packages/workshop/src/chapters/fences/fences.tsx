import { useEffect, useRef, useState } from "preact/hooks";
import { fixed } from "../../language/language.ts";
import type { SplitTold } from "../../split/orders.ts";
import { Splits } from "../../split/splits.ts";
import { Plane, type PlanePoint } from "../../stage/plane.tsx";
import { Slider } from "../../stage/slider.tsx";
import type { Chapter, ExperimentProps } from "../chapter.ts";
import { type Fence, FENCES, planOf, DIAL_POSITIONS, provenOf, saysSetting } from "./fence.ts";
import { FENCES_TEXTS } from "./texts.ts";
import "./fences.css";

/** A hand that still drags is waited for. */
const PAUSE_MS = 250;

interface Tried {
  readonly fence: Fence;
  readonly position: number;
  readonly outcome: SplitTold;
}

function Experiment({ language, onDone }: ExperimentProps) {
  const t = FENCES_TEXTS[language];
  const splits = useRef<Splits | undefined>(undefined);
  const pause = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const [fence, setFence] = useState<Fence>("gaussian");
  const [positions, setPositions] = useState<Readonly<Record<Fence, number>>>({
    ...{ gaussian: 0, marvell: 0, "randomised-response": 0, sparsification: 0 },
  });
  const [floor, setFloor] = useState<SplitTold>();
  const [bare, setBare] = useState<SplitTold>();
  const [tried, setTried] = useState<readonly Tried[]>([]);
  const [busy, setBusy] = useState(0);
  useEffect(
    () => () => {
      clearTimeout(pause.current);
      splits.current?.stop();
    },
    [],
  );
  const working = (work: (worker: Splits) => Promise<void>): void => {
    splits.current ??= new Splits();
    setBusy((count) => count + 1);
    void work(splits.current).finally(() => {
      setBusy((count) => count - 1);
    });
  };
  const begin = (): void => {
    working(async (worker) => {
      setFloor(await worker.floor());
      setBare(await worker.split({}));
    });
  };
  const turn = (position: number): void => {
    setPositions({ ...positions, [fence]: position });
    clearTimeout(pause.current);
    pause.current = setTimeout(() => {
      working(async (worker) => {
        const outcome = await worker.split(planOf(fence, position));
        setTried((known) => [
          ...known.filter((each) => each.fence !== fence),
          { fence, position, outcome },
        ]);
        onDone();
      });
    }, PAUSE_MS);
  };
  const last = tried.at(-1);
  const points: PlanePoint[] = [
    ...(bare === undefined ? [] : [{ name: t.bare, leak: bare.leak, auc: bare.auc }]),
    ...tried.map(({ fence: kind, outcome: { leak, auc } }) => ({
      ...{ name: t.names[kind], leak, auc, current: kind === last?.fence },
    })),
  ];
  const rows = [
    ...(bare === undefined
      ? []
      : [{ name: t.bare, setting: "", proven: "none" as const, ...bare }]),
    ...tried.map(({ fence: kind, position, outcome }) => ({
      ...{ name: t.names[kind], setting: saysSetting(kind, position) },
      ...{ proven: provenOf(kind, position), ...outcome },
    })),
  ];
  if (bare === undefined) {
    return (
      <div class="fences">
        <p>{t.table}</p>
        <button type="button" class="main" data-begin disabled={busy > 0} onClick={begin}>
          {t.begin}
        </button>
        <p role="status">{busy > 0 ? t.working : ""}</p>
      </div>
    );
  }
  return (
    <div class="fences">
      <Plane
        points={points}
        floor={floor?.auc}
        floorName={t.floor}
        leakName={t.leak}
        aucName={t.auc}
        label={points
          .map(
            ({ name, leak, auc }) =>
              `${name}: ${t.leak} ${fixed(leak, 3)}, ${t.auc} ${fixed(auc, 3)}`,
          )
          .join("; ")}
      />
      <fieldset>
        <legend>{t.fence}</legend>
        <div class="choices">
          {FENCES.map((kind) => (
            <label key={kind}>
              <input
                type="radio"
                name="fence"
                value={kind}
                checked={kind === fence}
                onChange={() => {
                  setFence(kind);
                }}
              />{" "}
              {t.names[kind]}
            </label>
          ))}
        </div>
        <Slider
          name={t.height}
          value={positions[fence]}
          most={DIAL_POSITIONS}
          says={saysSetting(fence, positions[fence])}
          onChange={turn}
        />
        <p>{t.about[fence]}</p>
        <p role="status" data-busy>
          {busy > 0 ? t.working : t.ready}
        </p>
      </fieldset>
      <div class="scrolls" role="region" aria-label={t.byAttack} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t.fence}</th>
              <th scope="col">{t.auc}</th>
              <th scope="col">{t.leak}</th>
              <th scope="col">{t.byAttack}</th>
              <th scope="col">{t.proof}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, setting, auc, leak, attacks, proven }) => (
              <tr key={name}>
                <th scope="row">
                  {name} {setting}
                </th>
                <td data-auc={name}>{fixed(auc, 3)}</td>
                <td data-leak={name}>{fixed(leak, 3)}</td>
                <td>
                  {attacks
                    .map(
                      ({ name: attack, leak: found }) =>
                        `${t.attacks[attack] ?? attack} ${fixed(found ?? NaN, 2)}`,
                    )
                    .join(", ")}
                </td>
                <td>{t.proven[proven]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>{t.noise}</p>
    </div>
  );
}

export const fences: Chapter = {
  id: "fences",
  texts: FENCES_TEXTS,
  right: 2,
  paperUrl: "https://arxiv.org/abs/2102.08504",
  Experiment,
};
