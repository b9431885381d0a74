import { fixed } from "@moongate/text";
import { bounds } from "../findings/estimate.ts";
import type { Frontier, FrontierPoint, Lines } from "../findings/frontier.ts";
import type { Panel } from "./document.ts";
import { acrossAxis, aucAxis, aucScale, drawRules, PLOT, ruleBoxes, rulesOf } from "./frame.ts";
import { type Box, placeLabels } from "./labels.ts";
import { hueOf, mark, shapeOf } from "./marks.ts";
import { linear, type Scale, ticks } from "./scales.ts";
import { element, group, line, text, widthOf } from "./svg.ts";

/** The worst leak of one adversary to the right, test AUC upwards. */
export function frontierPanel({ points, adversary }: Frontier, lines: Lines, title: string): Panel {
  const leaks = points.flatMap(({ worst }) => [worst.leak.mean, ...bounds(worst.leak)]);
  const least = Math.max(0, Math.min(0.42, Math.min(...leaks) - 0.01));
  const x = linear([least, 1.015], [PLOT.left, PLOT.right]);
  const y = heightOf(points, lines);
  const { values, places } = ticks([least, 1], 6);
  const body = [
    aucAxis(y),
    line(x(0.5), PLOT.top, x(0.5), PLOT.bottom, "c-rule c-dots"),
    text(x(0.5) + 4, PLOT.top - 2, "chance", { class: "c-quiet" }),
    drawRules(rulesOf(lines), y),
    acrossAxis(
      x,
      values.map((value) => ({ value, words: fixed(value, places) })),
      `worst leak AUC, ${adversary}`,
    ),
    joined(points, x, y, "chosenOfSplit", "c-trade"),
    joined(points, x, y, "chosen", "c-frontier"),
    ...points.map((point) => whiskers(point, x, y)),
    labels(points, x, y, ruleBoxes(rulesOf(lines), y)),
    ...points.map((point) => drawMark(point, x, y)),
  ].join("");
  return { title, description: describe(points, lines), body };
}

function heightOf(points: readonly FrontierPoint[], lines: Lines): Scale {
  return aucScale(
    points.flatMap(({ auc }) => [auc.mean, ...bounds(auc)]),
    lines,
  );
}

/** True if a point lies below the axis: it is drawn on the floor, with an arrow and its value. */
export function hasBelow({ points }: Frontier, lines: Lines): boolean {
  const y = heightOf(points, lines);
  return points.some((point) => isBelow(y, point));
}

/** A line through the points that were chosen on validation rows, by rising leak. */
function joined(
  points: readonly FrontierPoint[],
  x: Scale,
  y: Scale,
  which: "chosen" | "chosenOfSplit",
  style: string,
): string {
  const on = points
    .filter((point) => point[which])
    .toSorted((a, b) => a.worst.leak.mean - b.worst.leak.mean)
    .map(({ worst, auc }) => `${x(worst.leak.mean).toFixed(1)} ${inside(y, auc.mean).toFixed(1)}`);
  return on.length < 2 ? "" : element("path", { d: `M${on.join("L")}`, class: style });
}

/** The height of a value; the plot's lower edge for one below it. */
function inside(y: Scale, value: number): number {
  return Math.max(PLOT.top, Math.min(PLOT.bottom - 6, y(value)));
}

function isBelow(y: Scale, { auc }: FrontierPoint): boolean {
  return y(auc.mean) > PLOT.bottom - 3;
}

function whiskers(point: FrontierPoint, x: Scale, y: Scale): string {
  const { auc, worst, setting } = point;
  const [px, py] = [x(worst.leak.mean), inside(y, auc.mean)];
  const [left, right] = bounds(worst.leak).map((value) =>
    Math.max(PLOT.left, Math.min(PLOT.right, x(value))),
  );
  const [low, high] = bounds(auc).map((value) => inside(y, value));
  const style = `c-${hueOf(setting.unit)} c-whisker`;
  return [
    line(left ?? px, py, right ?? px, py, style),
    ...(isBelow(y, point) ? [] : [line(px, low ?? py, px, high ?? py, style)]),
  ].join("");
}

/** A setting below the plot gets an arrow downwards. */
function drawMark(point: FrontierPoint, x: Scale, y: Scale): string {
  const { setting, worst, auc, chosen, chosenOfSplit } = point;
  const hue = hueOf(setting.unit);
  const [px, py] = [x(worst.leak.mean), inside(y, auc.mean)];
  const filled =
    (chosen || chosenOfSplit || hue === "masked" || setting.unit.defence === undefined) &&
    setting.unit.epsilon === undefined &&
    !worst.weak;
  const arrow = isBelow(y, point)
    ? element("path", {
        d: `M${px.toFixed(1)} ${py + 5}v7m-3 -3.5l3 3.5l3 -3.5`,
        class: `c-${hue} c-line`,
      })
    : "";
  return mark(shapeOf(setting.unit), px, py, hue, filled) + arrow;
}

function labels(
  points: readonly FrontierPoint[],
  x: Scale,
  y: Scale,
  rules: readonly Box[],
): string {
  const marks = points.map(({ worst, auc }): Box => {
    const [px, py] = [x(worst.leak.mean), inside(y, auc.mean)];
    return { left: px - 5, top: py - 5, width: 10, height: 10 };
  });
  const named = points
    .map((point) => ({ point, words: wordsOf(point, points) + floorWords(y, point) }))
    .toSorted((a, b) => b.words.length - a.words.length);
  const wanted = named.map(({ point, words }) => ({
    x: x(point.worst.leak.mean),
    y: inside(y, point.auc.mean),
    width: widthOf(words, point.setting.unit.protocol === "masked" ? 12.4 : 11),
    height: 11,
  }));
  const bounds: Box = {
    left: PLOT.left + 1,
    top: PLOT.top,
    width: PLOT.right - PLOT.left,
    height: PLOT.bottom - PLOT.top,
  };
  return placeLabels(wanted, [...marks, ...rules, ...drawnLines(points, x, y)], bounds)
    .map((box, index) => {
      const { point, words } = named[index] ?? {};
      const mine = wanted[index];
      if (point === undefined || words === undefined || mine === undefined) return "";
      const [cx, cy] = [box.left + box.width / 2, box.top + box.height / 2];
      const leader = box.far ? leaderLine(mine.x, mine.y, cx, cy) : "";
      const place = { x: cx, y: box.top + 9.3 };
      const style = `c-word-${hueOf(point.setting.unit)} c-middle`;
      return group(
        {},
        leader,
        text(place.x, place.y, words, { class: `${style} c-halo`, "aria-hidden": "true" }),
        text(place.x, place.y, words, { class: style }),
      );
    })
    .join("");
}

/** The value of a point that the axis cuts off. */
const floorWords = (y: Scale, point: FrontierPoint): string =>
  isBelow(y, point) ? `: ${fixed(point.auc.mean, 3)}` : "";

/** Upright whiskers, which words should not be struck through by. */
function drawnLines(points: readonly FrontierPoint[], x: Scale, y: Scale): Box[] {
  return points.flatMap(({ auc, worst }) => {
    const [low, high] = bounds(auc);
    const [top, bottom] = [inside(y, high), inside(y, low)];
    return [{ left: x(worst.leak.mean) - 0.5, top, width: 1, height: bottom - top }];
  });
}

function leaderLine(x: number, y: number, toX: number, toY: number): string {
  const length = Math.hypot(toX - x, toY - y) || 1;
  const [dx, dy] = [(toX - x) / length, (toY - y) / length];
  return line(x + 5 * dx, y + 5 * dy, toX - 6 * dx, toY - 6 * dy, "c-leader");
}

/** A name where a reader looks for it, else the number in the key. */
function wordsOf({ setting, number }: FrontierPoint, points: readonly FrontierPoint[]): string {
  const { unit } = setting;
  if (unit.defence !== undefined) return String(number);
  if (unit.epsilon !== undefined) return `ε ${unit.epsilon}`;
  const alike = points.filter(
    (point) => point.setting.unit.protocol === unit.protocol && point.setting.name === setting.name,
  );
  return alike.length > 1 ? `${unit.protocol}, ${unit.model}` : unit.protocol;
}

function describe(points: readonly FrontierPoint[], { floor, ceiling }: Lines): string {
  const figures = points.map(
    ({ setting, auc, worst }) =>
      `${setting.title}: test AUC ${fixed(auc.mean, 4)}, leak ${fixed(worst.leak.mean, 3)}`,
  );
  const lines = [
    ...(floor === undefined ? [] : [`commerce alone ${fixed(floor.mean, 4)}`]),
    ...(ceiling === undefined ? [] : [`pooled ${fixed(ceiling.mean, 4)}`]),
  ];
  return `${[...figures, ...lines].join("; ")}.`;
}
