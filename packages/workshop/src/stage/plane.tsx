/** A place in the plane of leak and accuracy. */
export interface PlanePoint {
  readonly name: string;
  readonly leak: number;
  readonly auc: number;
  /** The one that just moved. */
  readonly current?: boolean;
}

interface PlaneProps {
  readonly points: readonly PlanePoint[];
  /** Test AUC of commerce alone: below it, joining is for nothing. */
  readonly floor: number | undefined;
  readonly floorName: string;
  readonly leakName: string;
  readonly aucName: string;
  readonly label: string;
}

const WIDTH = 320;
const HEIGHT = 210;
const LEFT = 30;
const BOTTOM = 28;
const TOP = 10;
const RIGHT = 12;
const LEAK = [0.45, 1] as const;

/** Accuracy upwards, leak to the right: the best place is the upper left corner. */
export function Plane({ points, floor, floorName, leakName, aucName, label }: PlaneProps) {
  const all = [...points.map(({ auc }) => auc), ...(floor === undefined ? [] : [floor])];
  const least = Math.min(0.48, Math.floor(20 * Math.min(...all, 1)) / 20);
  const most = Math.max(0.7, Math.ceil(20 * Math.max(...all, 0)) / 20);
  const right = (leak: number): number =>
    LEFT + ((WIDTH - LEFT - RIGHT) * (leak - LEAK[0])) / (LEAK[1] - LEAK[0]);
  const up = (auc: number): number =>
    HEIGHT - BOTTOM - ((HEIGHT - BOTTOM - TOP) * (auc - least)) / (most - least);
  return (
    <svg
      class="plane"
      viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`}
      role="img"
      aria-label={label}
    >
      <line class="axis" x1={LEFT} x2={LEFT} y1={TOP} y2={HEIGHT - BOTTOM} />
      <line class="axis" x1={LEFT} x2={WIDTH - RIGHT} y1={HEIGHT - BOTTOM} y2={HEIGHT - BOTTOM} />
      <line class="chance" x1={right(0.5)} x2={right(0.5)} y1={TOP} y2={HEIGHT - BOTTOM} />
      {[0.5, 0.6, 0.7, 0.8, 0.9, 1].map((tick) => (
        <text key={tick} class="tick" x={right(tick)} y={HEIGHT - BOTTOM + 11}>
          {tick.toFixed(1)}
        </text>
      ))}
      {[0.5, 0.6, 0.7, 0.8, 0.9]
        .filter((tick) => tick >= least && tick <= most)
        .map((tick) => (
          <text key={tick} class="tick" x={LEFT - 13} y={up(tick) + 3}>
            {tick.toFixed(1)}
          </text>
        ))}
      <text class="name" x={WIDTH - RIGHT} y={HEIGHT - 4} text-anchor="end">
        {leakName} →
      </text>
      <text class="name" x={LEFT + 4} y={TOP + 4}>
        ↑ {aucName}
      </text>
      {floor === undefined ? null : (
        <>
          <line class="floor" x1={LEFT} x2={WIDTH - RIGHT} y1={up(floor)} y2={up(floor)} />
          <text class="name" x={right(0.51)} y={up(floor) - 3}>
            {floorName}
          </text>
        </>
      )}
      {points.map(({ name, leak, auc, current }, index) => (
        <g
          key={name}
          class={current === true ? "current" : "earlier"}
          style={{ transform: `translate(${String(right(leak))}px, ${String(up(auc))}px)` }}
        >
          <circle r={current === true ? 6 : 3.5} />
          <text
            x={leak > 0.8 ? -8 : 8}
            y={3 + 10 * before(points, index)}
            text-anchor={leak > 0.8 ? "end" : "start"}
          >
            {name}
          </text>
        </g>
      ))}
    </svg>
  );
}

/** Names of dots that lie together stand below each other: how many earlier ones are near. */
function before(points: readonly PlanePoint[], index: number): number {
  const own = points[index];
  if (own === undefined) return 0;
  return points
    .slice(0, index)
    .filter(({ leak, auc }) => Math.abs(leak - own.leak) < 0.15 && Math.abs(auc - own.auc) < 0.012)
    .length;
}
