import { type PageLanguage, fixed } from "../language/language.ts";
import { STAGE } from "./texts.ts";

interface CurveProps {
  readonly language: PageLanguage;
  /** AUC after each epoch so far. */
  readonly epochs: readonly number[];
  readonly total: number;
  readonly floor: number | undefined;
  readonly ceiling: number | undefined;
}

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [360, 170, 34, 12, 12, 24];

/** AUC by epoch as it grows, beside commerce alone (floor) and pooled data (ceiling). */
export function Curve({ language, epochs, total, floor, ceiling }: CurveProps) {
  const t = STAGE[language];
  const known = [...epochs, floor, ceiling].filter((value) => value !== undefined);
  const low = Math.min(0.5, ...known) - 0.02;
  const high = Math.min(1, Math.max(...known, 0.6) + 0.04);
  const x = (epoch: number): number =>
    LEFT + ((epoch - 1) / Math.max(1, total - 1)) * (WIDTH - LEFT - RIGHT);
  const y = (auc: number): number => TOP + ((high - auc) / (high - low)) * (HEIGHT - TOP - BOTTOM);
  const shown = (value: number | undefined): string =>
    value === undefined ? "…" : fixed(value, 3);
  const said = `${t.curve}: ${epochs.map(shown).join(", ")}; ${t.floor} ${shown(floor)}, ${t.ceiling} ${shown(ceiling)}`;
  return (
    <figure class="curve">
      <figcaption>{t.curve}</figcaption>
      <svg viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} role="img" aria-label={said}>
        {[low, (low + high) / 2, high].map((value) => (
          <text key={value} class="axis" x={LEFT - 5} y={y(value)} text-anchor="end">
            {fixed(value, 2)}
          </text>
        ))}
        {Array.from({ length: total }, (_, index) => (
          <text key={index} class="axis" x={x(index + 1)} y={HEIGHT - 8} text-anchor="middle">
            {index + 1}
          </text>
        ))}
        {[floor, ceiling].map((value, index) =>
          value === undefined ? null : (
            <line
              key={index}
              class={index === 0 ? "floor" : "ceiling"}
              x1={LEFT}
              x2={WIDTH - RIGHT}
              y1={y(value)}
              y2={y(value)}
            />
          ),
        )}
        <polyline
          points={epochs.map((auc, index) => `${String(x(index + 1))},${String(y(auc))}`).join(" ")}
        />
        {epochs.map((auc, index) => (
          <circle key={index} cx={x(index + 1)} cy={y(auc)} r="3.5" />
        ))}
      </svg>
      <ul class="key">
        <li class="floor">
          {t.floor} <b data-floor>{shown(floor)}</b>
        </li>
        <li class="federated">
          {t.federated} <b data-epoch={epochs.length}>{shown(epochs.at(-1))}</b>
        </li>
        <li class="ceiling">
          {t.ceiling} <b data-ceiling>{shown(ceiling)}</b>
        </li>
      </ul>
    </figure>
  );
}
