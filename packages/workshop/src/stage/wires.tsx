import type { PageLanguage } from "../language/language.ts";
import type { WorkerRole } from "../session/roles.ts";
import { STAGE } from "./texts.ts";
import type { NumberedFrame } from "./use-federation.ts";

const PLACES: Readonly<Record<WorkerRole, readonly [x: number, y: number]>> = {
  media: [60, 24],
  commerce: [300, 24],
  coordinator: [180, 104],
};
const ROLES = ["media", "commerce", "coordinator"] as const;

/** Dots on the way at once: a run sends hundreds of frames a second. */
const MOST = 8;

/** The wires between the three, and the latest frames on their way; those that wait stand at their sender. */
export function Wires({
  language,
  frames,
}: {
  readonly language: PageLanguage;
  readonly frames: readonly NumberedFrame[];
}) {
  const t = STAGE[language];
  return (
    <svg class="wires" viewBox="0 0 360 132" role="img" aria-label={t.wires}>
      {ROLES.map((role, index) => {
        const [x1, y1] = PLACES[role];
        const [x2, y2] = PLACES[ROLES[(index + 1) % ROLES.length] ?? role];
        return <line key={role} x1={x1} y1={y1} x2={x2} y2={y2} />;
      })}
      {frames.slice(0, MOST).map(({ number, frame, waits }) => {
        const [x0, y0] = PLACES[frame.from];
        const [x1, y1] = PLACES[frame.to];
        return (
          <circle
            key={number}
            class={waits ? "dot held" : "dot"}
            r={4 + Math.min(5, Math.log10(Math.max(1, frame.bytes)))}
            style={{
              "--x0": `${String(x0)}px`,
              "--y0": `${String(y0)}px`,
              "--x1": `${String(x1)}px`,
              "--y1": `${String(y1)}px`,
            }}
          />
        );
      })}
      {ROLES.map((role) => {
        const [x, y] = PLACES[role];
        return (
          <g key={role} class={role}>
            <rect x={x - 52} y={y - 17} width="104" height="34" rx="8" />
            <text x={x} y={y}>
              {t[role]}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
