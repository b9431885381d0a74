import { useEffect, useState } from "preact/hooks";
import { fixed, type PageLanguage, whole } from "../../language/language.ts";
import { Plot } from "../../stage/plot.tsx";
import { Slider } from "../../stage/slider.tsx";
import { Wheel } from "../../stage/wheel.tsx";
import type { Chapter, ExperimentProps } from "../chapter.ts";
import { Angles } from "./angles.ts";
import { type Curve, layerCurve, type SineCurve, sineCurve } from "./curves.ts";
import { SINE } from "./texts.ts";
import "./sine.css";

const TURN = 360;
const MOST_UNITS = 8;

function Experiment({ language, onDone }: ExperimentProps) {
  const t = SINE[language];
  const [round, setRound] = useState(0);
  const [curve, setCurve] = useState<SineCurve>();
  const [units, setUnits] = useState(1);
  const [layer, setLayer] = useState<Curve>();
  const run = async (): Promise<void> => {
    setRound(round + 1);
    setCurve(await sineCurve(round + 1));
  };
  const runLayer = async (count: number): Promise<void> => {
    setUnits(count);
    setLayer(await layerCurve(count));
    onDone();
  };
  return (
    <div class="sine">
      <h3>{t.circle}</h3>
      <Identity language={language} />
      <h3>{t.real}</h3>
      <p>{t.realSays}</p>
      <button type="button" class="main" data-run onClick={() => void run()}>
        {curve === undefined ? t.run : t.again}
      </button>
      {curve === undefined ? null : (
        <>
          <div class="plots">
            <Plot
              title={t.share}
              series={[{ kind: "dots", colour: "media", xs: curve.xs, ys: curve.share }]}
              x={[-1.5, 1.5]}
              y={[0, 1]}
            />
            <Plot
              title={t.crosses}
              series={[{ kind: "dots", colour: "coordinator", xs: curve.xs, ys: curve.opened }]}
              x={[-1.5, 1.5]}
              y={[0, 1]}
            />
          </div>
          <Plot
            title={t.together}
            series={[
              { kind: "line", colour: "quiet", xs: curve.xs, ys: curve.clear },
              { kind: "dots", colour: "accent", xs: curve.xs, ys: curve.masked },
            ]}
            x={[-1.5, 1.5]}
            y={[-1.15, 1.15]}
          />
          <p role="status" data-apart>
            {t.apart(fixed(curve.apart, 6), whole(curve.bytes.opened), whole(curve.bytes.dealt))}
          </p>
          <h3>{t.layer}</h3>
          <p>{t.layerSays}</p>
          <Slider
            name={t.units}
            value={units}
            least={1}
            most={MOST_UNITS}
            onChange={(count) => void runLayer(count)}
          />
          <button type="button" class="main" data-layer onClick={() => void runLayer(units)}>
            {t.runLayer}
          </button>
        </>
      )}
      {layer === undefined ? null : (
        <>
          <Plot
            title={t.layerPlot}
            series={[
              { kind: "line", colour: "quiet", xs: layer.xs, ys: layer.clear },
              { kind: "dots", colour: "accent", xs: layer.xs, ys: layer.masked },
            ]}
            x={[-0.5, 0.5]}
            y={[-1.5, 1.5]}
          />
          <p role="status" data-layer-apart>
            {t.apart(fixed(layer.apart, 6), whole(layer.bytes.opened), whole(layer.bytes.dealt))}
          </p>
        </>
      )}
    </div>
  );
}

/** One angle under a mask to drag, and the identity that takes the mask off its sine. */
function Identity({ language }: { readonly language: PageLanguage }) {
  const t = SINE[language];
  const [angles, setAngles] = useState<Angles>();
  const [secret, setSecret] = useState(50);
  const [mask, setMask] = useState(200);
  useEffect(() => {
    void Angles.create().then(setAngles);
  }, []);
  if (angles === undefined) return null;
  const { opened, public: open, dealt, recovered, direct } = angles.takeOff(secret, mask);
  const number = (value: number): string => fixed(value, 3);
  const degrees = `${String(Math.round(opened * TURN) % TURN)}°`;
  return (
    <div class="two">
      <Wheel
        secret={{ turns: secret / TURN, text: `${String(secret)}°` }}
        sent={{ turns: opened, text: degrees }}
        ticks={36}
        label={t.wheelSays(secret, mask, degrees)}
        onTurn={(turns) => {
          setMask((Math.round(turns * TURN) - secret + 2 * TURN) % TURN);
        }}
      />
      <div>
        <Slider
          name={t.secret}
          value={secret}
          most={TURN - 1}
          says={`${String(secret)}°`}
          onChange={setSecret}
        />
        <Slider
          name={t.mask}
          value={mask}
          most={TURN - 1}
          says={`${String(mask)}°`}
          onChange={setMask}
        />
        <p>{t.wheelSays(secret, mask, degrees)}</p>
        <dl class="sum">
          <dt>{t.public}</dt>
          <dd>
            sin c = {number(open.sine)}, cos c = {number(open.cosine)}
          </dd>
          <dt>{t.dealt}</dt>
          <dd>
            sin r = {number(dealt.sine)}, cos r = {number(dealt.cosine)}
          </dd>
          <dt>sin c · cos r − cos c · sin r</dt>
          <dd>
            <b data-recovered>{number(recovered)}</b>
          </dd>
          <dt>sin u</dt>
          <dd>
            <b data-direct>{number(direct)}</b>
          </dd>
        </dl>
      </div>
    </div>
  );
}

export const sine: Chapter = {
  id: "sine",
  texts: SINE,
  right: 1,
  paperUrl: "https://eprint.iacr.org/2017/1234",
  Experiment,
};
