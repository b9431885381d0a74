// Two panels over the number of rows (a logarithmic axis): what a row costs, what a process holds.

const WIDTH = 880;
const HEIGHT = 400;
const PANEL = { width: 330, top: 66, height: 256, lefts: [66, 506] };
const INK = "#1f2328";
const FAINT = "#d8dee4";
const QUIET = "#59636e";
const FONT = "font-family='system-ui, -apple-system, Segoe UI, sans-serif'";
/** Apart for eyes that see few colours (Okabe and Ito), and by their marks. */
const COLOURS = ["#0072b2", "#d55e00", "#009e73"];

/** A scale end and a step that give about four round ticks. */
function ticksTo(most) {
  const rough = (most * 1.1) / 4;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((each) => each * unit).find((each) => each >= rough);
  const end = Math.ceil((most * 1.05) / step) * step;
  return Array.from({ length: Math.round(end / step) + 1 }, (_, index) => index * step);
}

const rowsName = (rows) => (rows >= 1e6 ? `${rows / 1e6} M` : `${rows / 1e3} k`);

const text = (x, y, words, { size = 12, fill = INK, anchor = "start", weight = 400 } = {}) =>
  `<text x='${x.toFixed(1)}' y='${y.toFixed(1)}' font-size='${size}' fill='${fill}' text-anchor='${anchor}' font-weight='${weight}'>${words}</text>`;

const line = (x1, y1, x2, y2, stroke) =>
  `<line x1='${x1.toFixed(1)}' y1='${y1.toFixed(1)}' x2='${x2.toFixed(1)}' y2='${y2.toFixed(1)}' stroke='${stroke}'/>`;

function mark(shape, x, y, colour) {
  if (shape === 0)
    return `<circle cx='${x.toFixed(1)}' cy='${y.toFixed(1)}' r='4' fill='${colour}'/>`;
  if (shape === 1) {
    return `<rect x='${(x - 3.6).toFixed(1)}' y='${(y - 3.6).toFixed(1)}' width='7.2' height='7.2' fill='${colour}'/>`;
  }
  return `<path d='M${x.toFixed(1)} ${(y - 5).toFixed(1)}l4.6 8h-9.2z' fill='${colour}'/>`;
}

/** @param series {name, values}[], one value for each of `rows`. */
function panel(left, { title, rows, series }) {
  const { width, top, height } = PANEL;
  const ticks = ticksTo(Math.max(...series.flatMap(({ values }) => values)));
  const [first, last] = [Math.log10(rows[0]), Math.log10(rows.at(-1))];
  const x = (count) => left + 14 + ((Math.log10(count) - first) / (last - first)) * (width - 28);
  const y = (value) => top + height - (value / ticks.at(-1)) * height;
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
    const points = values.map((value, at) => [x(rows[at]), y(value)]);
    const path = points.map(([px, py]) => `${px.toFixed(1)},${py.toFixed(1)}`).join(" ");
    const marks = points.map(([px, py]) => mark(index, px, py, COLOURS[index])).join("");
    return `<polyline points='${path}' fill='none' stroke='${COLOURS[index]}' stroke-width='2'/>${marks}`;
  });
  let at = left + 6;
  const legend = series.map(({ name }, index) => {
    const entry = `${mark(index, at, top - 16, COLOURS[index])}${text(at + 10, top - 12, name)}`;
    at += 34 + 7 * name.length;
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
export function scaleChart({ cost, memory, note }) {
  return [
    `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 ${WIDTH} ${HEIGHT}' width='${WIDTH}' height='${HEIGHT}' ${FONT} role='img' aria-label='${cost.title}, and ${memory.title}, over the number of rows'>`,
    `<rect width='${WIDTH}' height='${HEIGHT}' fill='#ffffff'/>`,
    panel(PANEL.lefts[0], cost),
    panel(PANEL.lefts[1], memory),
    text(PANEL.lefts[0], HEIGHT - 10, note, { size: 11, fill: QUIET }),
    "</svg>",
    "",
  ].join("\n");
}
