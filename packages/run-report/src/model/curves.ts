import { at } from "@moongate/errors";
import type { LabelScores } from "./score-file.ts";

/** A point of a curve, both coordinates from 0 to 1. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Curves are drawn some hundred pixels wide: closer points would only make the page heavier. */
const LEAST_STEP = 1 / 250;

/**
 * The receiver operating characteristic: for every threshold the share of the negative rows (x) and
 * of the positive rows (y) that score at least that much. Rows of equal score are one step.
 */
export function roc(rows: LabelScores): Point[] {
  const positives = count(rows.labels);
  const negatives = rows.labels.length - positives;
  return steps(rows, ({ taken, found }) => ({
    x: (taken - found) / Math.max(1, negatives),
    y: found / Math.max(1, positives),
  }));
}

/**
 * The cumulative gain: if the best-scored share x of the rows is reached, the share y of all
 * positive rows is among them.
 */
export function gain(rows: LabelScores): Point[] {
  const positives = count(rows.labels);
  return steps(rows, ({ taken, found }) => ({
    x: taken / rows.labels.length,
    y: found / Math.max(1, positives),
  }));
}

interface Step {
  /** Rows whose score is at least the threshold. */
  readonly taken: number;
  /** Positive rows among them. */
  readonly found: number;
}

function steps({ labels, logits }: LabelScores, pointOf: (step: Step) => Point): Point[] {
  const order = Array.from(logits.keys()).sort((a, b) => at(logits, b) - at(logits, a));
  const points: Point[] = [pointOf({ taken: 0, found: 0 })];
  let [found, last] = [0, at(points, 0)];
  order.forEach((row, index) => {
    found += at(labels, row);
    const next = order[index + 1];
    if (next !== undefined && logits[next] === logits[row]) return;
    const point = pointOf({ taken: index + 1, found });
    const far = Math.max(point.x - last.x, point.y - last.y) >= LEAST_STEP;
    if (!far && next !== undefined) return;
    if (straight(points.at(-2), last, point)) points.pop();
    points.push(point);
    last = point;
  });
  return points;
}

/** Three points of one step, of which the middle one says nothing. */
function straight(first: Point | undefined, middle: Point, last: Point): boolean {
  if (first === undefined) return false;
  const upright = first.x === middle.x && middle.x === last.x;
  return upright || (first.y === middle.y && middle.y === last.y);
}

export const count = (labels: Uint8Array): number => labels.reduce((sum, label) => sum + label, 0);

export const probability = (logit: number): number => 1 / (1 + Math.exp(-logit));
