import { at } from "@moongate/errors";

// Two panels over the number of rows (a logarithmic axis): what a row costs, what a process holds.

/** One panel: a curve for each series over the same rows. */
export interface Panel {
  readonly title: string;
  readonly rows: readonly number[];
  /** One value for each entry of `rows`. */
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[];
}

interface TextOptions {
  readonly size?: number;
  readonly fill?: string;
  readonly anchor?: "start" | "middle" | "end";
  readonly weight?: number;
}

const WIDTH = 880;
const HEIGHT = 400;
const PANEL = { width: 330, top: 66, height: 256, left: 66, right: 506 };
const INK = "#1f2328";
const FAINT = "#d8dee4";
const QUIET = "#59636e";
const FONT = "font-family='system-ui, -apple-system, Segoe UI, sans-serif'";
/** Apart for eyes that see few colours (Okabe and Ito), and by their marks. */
const COLOURS = ["#0072b2", "#d55e00", "#009e73"];

/** A scale end and a step that give about four round ticks. */
function ticksTo(most: number): number[] {
  const rough = (most * 1.1) / 4;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step =
    [1, 2, 2.5, 5, 10].map((each) => each * unit).find((each) => each >= rough) ?? 10 * unit;
  const end = Math.ceil((most * 1.05) / step) * step;
  return Array.from({ length: Math.round(end / step) + 1 }, (_, index) => index * step);
}

const rowsName = (rows: number): string => (rows >= 1e6 ? `${rows / 1e6} M` : `${rows / 1e3} k`);

const text = (
  x: number,
  y: number,
  words: string,
  { size = 12, fill = INK, anchor = "start", weight = 400 }: TextOptions = {},
): string =>
  `<text x='${x.toFixed(1)}' y='${y.toFixed(1)}' font-size='${size}' fill='${fill}' text-anchor='${anchor}' font-weight='${weight}'>${words}</text>`;

const line = (x1: number, y1: number, x2: number, y2: number, stroke: string): string =>
  `<line x1='${x1.toFixed(1)}' y1='${y1.toFixed(1)}' x2='${x2.toFixed(1)}' y2='${y2.toFixed(1)}' stroke='${stroke}'/>`;

function mark(shape: number, x: number, y: number): string {
  const colour = at(COLOURS, shape);
  if (shape === 0)
    return `<circle cx='${x.toFixed(1)}' cy='${y.toFixed(1)}' r='4' fill='${colour}'/>`;
  if (shape === 1) {
    return `<rect x='${(x - 3.6).toFixed(1)}' y='${(y - 3.6).toFixed(1)}' width='7.2' height='7.2' fill='${colour}'/>`;
  }
  return `<path d='M${x.toFixed(1)} ${(y - 5).toFixed(1)}l4.6 8h-9.2z' fill='${colour}'/>`;
}

function panel(left: number, { title, rows, series }: Panel): string {
  const { width, top, height } = PANEL;
  const ticks = ticksTo(Math.max(...series.flatMap(({ values }) => values)));
  const [first, last] = [Math.log10(Math.min(...rows)), Math.log10(Math.max(...rows))];
  const most = Math.max(...ticks);
  const x = (count: number): number =>
    left + 14 + ((Math.log10(count) - first) / (last - first)) * (width - 28);
  const y = (value: number): number => top + height - (value / most) * height;
  const grid = ticks.flatMap((tick) => [
    line(left, y(tick), left + width, y(tick), tick === 0 ? QUIET : FAINT),
    text(left - 8, y(tick) + 4, String(Number(tick.toPrecision(3))), {
      fill: QUIET,
      anchor: "end",
    }),
  ]);
  const below = rows.map((count) =>
    text(x(count), top + height + 20, rowsName(count), { fill: QUIET, anchor: "middle" }),
  );
  const curves = series.map(({ values }, index) => {
    const points = values.map((value, place) => [x(at(rows, place)), y(value)] as const);
    const path = points.map(([px, py]) => `${px.toFixed(1)},${py.toFixed(1)}`).join(" ");
    const marks = points.map(([px, py]) => mark(index, px, py)).join("");
    return `<polyline points='${path}' fill='none' stroke='${at(COLOURS, index)}' stroke-width='2'/>${marks}`;
  });
  let place = left + 6;
  const legend = series.map(({ name }, index) => {
    const entry = `${mark(index, place, top - 16)}${text(place + 10, top - 12, name)}`;
    place += 34 + 7 * name.length;
    return entry;
  });
  return [
    text(left, top - 38, title, { size: 14, weight: 600 }),
    ...legend,
    ...grid,
    ...below,
    text(left + width / 2, top + height + 44, "matched rows (logarithmic)", {
      fill: QUIET,
      anchor: "middle",
    }),
    ...curves,
  ].join("\n");
}

/** The chart as one SVG document. */
export function scaleChart({
  cost,
  memory,
  note,
}: {
  readonly cost: Panel;
  readonly memory: Panel;
  readonly note: string;
}): string {
  return [
    `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 ${WIDTH} ${HEIGHT}' width='${WIDTH}' height='${HEIGHT}' ${FONT} role='img' aria-label='${cost.title}, and ${memory.title}, over the number of rows'>`,
    `<rect width='${WIDTH}' height='${HEIGHT}' fill='#ffffff'/>`,
    panel(PANEL.left, cost),
    panel(PANEL.right, memory),
    text(PANEL.left, HEIGHT - 10, note, { size: 11, fill: QUIET }),
    "</svg>",
    "",
  ].join("\n");
}
