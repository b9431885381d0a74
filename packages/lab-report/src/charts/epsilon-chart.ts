import { auditWorks } from "@moongate/lab";
import { fixed } from "@moongate/text";
import { bounds } from "../findings/estimate.ts";
import type { EpsilonPoint, EpsilonSeries } from "../findings/epsilon.ts";
import type { Lines } from "../findings/frontier.ts";
import type { Panel } from "./document.ts";
import {
  acrossAxis,
  aucAxis,
  aucScale,
  drawRules,
  PLOT,
  type Rule,
  ruleBoxes,
  rulesOf,
} from "./frame.ts";
import { along, type Box, placeLabels } from "./labels.ts";
import { mark, type MarkShape } from "./marks.ts";
import { logarithmic, type Scale } from "./scales.ts";
import { element, line, text, widthOf } from "./svg.ts";

const ROUND = [0.01, 0.03, 0.1, 0.3, 1, 2, 4, 8, 16, 32, 64, 128];
const SHAPES: readonly MarkShape[] = ["square", "circle", "triangle", "cross"];

/** Proven epsilon to the right (logarithmic), test AUC upwards, one line for each mechanism. */
export function epsilonPanel(series: readonly EpsilonSeries[], lines: Lines, title: string): Panel {
  const points = series.flatMap((each) => each.points);
  const found = points.flatMap(({ epsilon, audit }) => [epsilon, ...positive(provenBy(audit))]);
  const least = Math.max(0.02, Math.min(0.5, ...found) / 1.6);
  const x = logarithmic([least, Math.max(...found, 1) * 1.6], [PLOT.left, PLOT.right]);
  const y = aucScale(
    points.flatMap(({ auc }) => [auc.mean, ...bounds(auc)]),
    lines,
  );
  const rules = [...rulesOf(lines), ...noiseless(series)];
  const round = ROUND.filter((value) => value >= least && value <= x.domain[1]);
  const drawn = series.map((each, index) => drawSeries(each, shapeAt(series, index), x, y));
  const body = [
    aucAxis(y),
    drawRules(rules, y),
    acrossAxis(
      x,
      round.map((value) => ({ value, words: String(value) })),
      "ε (less is more private)",
    ),
    ...drawn,
    names(series, x, y, ruleBoxes(rules, y)),
  ].join("");
  return { title, description: describe(series), body };
}

/** The masked model without noise: what its line tends to. */
function noiseless(series: readonly EpsilonSeries[]): Rule[] {
  const found = series.find((each) => each.masked)?.noiseless;
  return found === undefined ? [] : [{ name: "no noise", value: found.mean, style: "c-dots" }];
}

function shapeAt(series: readonly EpsilonSeries[], index: number): MarkShape {
  if (series[index]?.masked === true) return "diamond";
  const before = series.slice(0, index).filter(({ masked }) => !masked).length;
  return SHAPES[before % SHAPES.length] ?? "circle";
}

function drawSeries(
  { masked, points }: EpsilonSeries,
  shape: MarkShape,
  x: Scale,
  y: Scale,
): string {
  const hue = masked ? "masked" : "split";
  const on = points.map(
    ({ epsilon, auc }) => `${x(epsilon).toFixed(1)} ${at(y, auc.mean).toFixed(1)}`,
  );
  return [
    ...(on.length < 2
      ? []
      : [element("path", { d: `M${on.join("L")}`, class: `c-${hue} c-line` })]),
    ...points.map((point) => {
      const [low, high] = bounds(point.auc).map((value) => at(y, value));
      const [px, py] = [x(point.epsilon), at(y, point.auc.mean)];
      return [
        empirical(point, hue, x, py),
        line(px, low ?? py, px, high ?? py, `c-${hue} c-whisker`),
        mark(shape, px, py, hue, true),
      ].join("");
    }),
  ].join("");
}

/** A line from what the canary audit proved to what the proof allows. */
function empirical({ audit, epsilon }: EpsilonPoint, hue: string, x: Scale, py: number): string {
  const lowerBound = provenBy(audit);
  if (lowerBound === undefined) return "";
  const from = lowerBound > x.domain[0] ? x(lowerBound) : PLOT.left;
  const end =
    lowerBound > x.domain[0] ? line(from, py - 4, from, py + 4, `c-${hue} c-bound-end`) : "";
  return line(from, py, x(epsilon), py, `c-${hue} c-bound`) + end;
}

/** Each mechanism's name at the end of its line. */
function names(
  series: readonly EpsilonSeries[],
  x: Scale,
  y: Scale,
  rules: readonly Box[],
): string {
  const all = series.flatMap(({ points }) => points);
  const marks = all.map(({ epsilon, auc }): Box => {
    return { left: x(epsilon) - 6, top: at(y, auc.mean) - 6, width: 12, height: 12 };
  });
  const wanted = series.map(({ name, points }) => {
    const last = points.at(-1);
    return {
      x: last === undefined ? PLOT.left : x(last.epsilon),
      y: last === undefined ? PLOT.top : at(y, last.auc.mean),
      width: widthOf(name, 12),
      height: 12,
    };
  });
  const drawn = series.flatMap(({ points }) =>
    points.flatMap(({ epsilon, auc, audit }, index) => {
      const lowerBound = provenBy(audit);
      const [px, py] = [x(epsilon), at(y, auc.mean)];
      const next = points[index + 1];
      return [
        ...bounds(auc).flatMap((value) => along(px, py, px, at(y, value))),
        ...(next === undefined ? [] : along(px, py, x(next.epsilon), at(y, next.auc.mean))),
        ...(lowerBound === undefined ? [] : along(Math.max(PLOT.left, x(lowerBound)), py, px, py)),
      ];
    }),
  );
  const inside = {
    left: PLOT.left,
    top: PLOT.top,
    width: PLOT.right - PLOT.left,
    height: PLOT.bottom - PLOT.top,
  };
  return placeLabels(wanted, [...marks, ...drawn, ...rules], inside)
    .map((box, index) => {
      const { name = "", masked = false } = series[index] ?? {};
      const style = `c-word-${masked ? "masked" : "split"}`;
      const [left, base] = [box.left, box.top + 9.5];
      return (
        text(left, base, name, { class: `${style} c-halo`, "aria-hidden": "true" }) +
        text(left, base, name, { class: style })
      );
    })
    .join("");
}

function at(y: Scale, value: number): number {
  return Math.max(PLOT.top, Math.min(PLOT.bottom, y(value)));
}

/** What an audit proves, if it has any power: one that misses its controls says nothing. */
function provenBy(audit: EpsilonPoint["audit"]): number | undefined {
  return audit !== undefined && auditWorks(audit) ? audit.gaussianAtLeast : undefined;
}

function positive(value: number | undefined): number[] {
  return value !== undefined && value > 0 ? [value] : [];
}

function describe(series: readonly EpsilonSeries[]): string {
  const figures = series.flatMap(({ name, points }) =>
    points.map(
      ({ epsilon, auc }) => `${name}, ε ${fixed(epsilon, 2)}: test AUC ${fixed(auc.mean, 4)}`,
    ),
  );
  return `${figures.join("; ")}.`;
}
