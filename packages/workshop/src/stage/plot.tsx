/** Points of one kind: joined to a line, or dots. */
export interface Series {
  readonly kind: "line" | "dots";
  /** Its colour: a role's, or the page's accent. */
  readonly colour: "media" | "commerce" | "coordinator" | "accent" | "quiet";
  readonly xs: readonly number[];
  readonly ys: ArrayLike<number>;
}

interface PlotProps {
  readonly title: string;
  readonly series: readonly Series[];
  readonly x: readonly [least: number, most: number];
  readonly y: readonly [least: number, most: number];
}

const WIDTH = 320;
const HEIGHT = 130;
const EDGE = 6;

/** Lines and dots over a common axis, with a line at zero. */
export function Plot({ title, series, x, y }: PlotProps) {
  const right = (value: number): number =>
    EDGE + ((WIDTH - 2 * EDGE) * (value - x[0])) / (x[1] - x[0]);
  const up = (value: number): number =>
    HEIGHT - EDGE - ((HEIGHT - 2 * EDGE) * (value - y[0])) / (y[1] - y[0]);
  return (
    <figure class="plot">
      <svg viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} role="img" aria-label={title}>
        {y[0] < 0 && y[1] > 0 ? (
          <line class="zero" x1="0" x2={WIDTH} y1={up(0)} y2={up(0)} />
        ) : null}
        {series.map(({ kind, colour, xs, ys }) =>
          kind === "line" ? (
            <polyline
              key={`${kind} ${colour}`}
              class={colour}
              points={xs
                .map((value, index) => `${String(right(value))},${String(up(ys[index] ?? NaN))}`)
                .join(" ")}
            />
          ) : (
            xs.map((value, index) => (
              <circle
                key={`${colour} ${String(index)}`}
                class={colour}
                cx={right(value)}
                cy={up(ys[index] ?? NaN)}
                r="2.3"
              />
            ))
          ),
        )}
      </svg>
      <figcaption>{title}</figcaption>
    </figure>
  );
}
