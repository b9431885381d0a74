import { at } from "@moongate/errors";
/** A rectangle of a drawing. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Wanted {
  /** The mark's place. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A label's place: the middle of its baseline's box, and whether it needs a line to its mark. */
export interface Placed extends Box {
  readonly far: boolean;
}

const DISTANCES = [7.5, 10, 14, 19, 25, 32, 40, 50, 62, 75, 90, 105];
/** Labels farther than this from their mark get a line to it. */
const NEAR = 10;
const DIRECTIONS = 24;

/**
 * Places labels beside their marks: of places around the mark, near ones first, the one that covers
 * least of what is there already; then each again, now that the others are known.
 *
 * @param taken marks and other things that should stay visible.
 * @param bounds labels stay inside.
 */
export function placeLabels(
  labels: readonly Wanted[],
  taken: readonly Box[],
  bounds: Box,
): Placed[] {
  const placed: (Placed | undefined)[] = labels.map(() => undefined);
  for (let pass = 0; pass < PASSES; pass++) {
    for (const [index, label] of labels.entries()) {
      const others = placed.flatMap((box, position) =>
        box === undefined || position === index ? [] : [box],
      );
      placed[index] = bestPlace(label, [...taken, ...others.map(widened)], bounds);
    }
  }
  return placed.flatMap((box) => box ?? []);
}

const PASSES = 4;

function bestPlace(label: Wanted, others: readonly Box[], bounds: Box): Placed {
  const candidates = DISTANCES.flatMap((distance) => around(label, distance));
  const cost = ({ box, distance }: Candidate): number =>
    distance + 100 * outside(box, bounds) + 12 * sum(others.map((other) => overlap(box, other)));
  const costs = candidates.map(cost);
  const best = candidates[costs.indexOf(Math.min(...costs))];
  const { box, distance } = best ?? { box: { left: label.x, top: label.y, ...label }, distance: 0 };
  return { ...box, far: distance > NEAR };
}

/** Small boxes along a line between two places, so that words keep off it. */
export function along(x1: number, y1: number, x2: number, y2: number): Box[] {
  const steps = Math.max(1, Math.ceil(Math.hypot(x2 - x1, y2 - y1) / 4));
  return Array.from({ length: steps + 1 }, (_, step) => ({
    left: x1 + ((x2 - x1) * step) / steps - 1.5,
    top: y1 + ((y2 - y1) * step) / steps - 1.5,
    width: 3,
    height: 3,
  }));
}

/** Words keep a little room between them. */
function widened({ left, top, width, height }: Box): Box {
  return { left: left - 3, top: top - 0.5, width: width + 6, height: height + 1 };
}

interface Candidate {
  readonly box: Box;
  readonly distance: number;
}

/** A label's boxes that touch a circle about the mark, from its right side on. */
function around({ x, y, width, height }: Wanted, distance: number): Candidate[] {
  return Array.from({ length: DIRECTIONS }, (_, index) => {
    const angle = (2 * Math.PI * index) / DIRECTIONS;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const left = x + distance * cos + (cos - 1) * (width / 2);
    const top = y + distance * sin + (sin - 1) * (height / 2);
    return { box: { left, top, width, height }, distance };
  });
}

/** The area that two boxes share. */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
  const height = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
  return Math.max(0, width) * Math.max(0, height);
}

function outside(box: Box, bounds: Box): number {
  return box.width * box.height - overlap(box, bounds);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Moves places apart to at least a gap, as little as it takes, inside a range. */
export function spreadApart(
  places: readonly number[],
  gap: number,
  [low, high]: readonly [number, number],
): number[] {
  const order = places.map((_, index) => index).toSorted((a, b) => at(places, a) - at(places, b));
  const moved = order.map((index) => Math.max(low, Math.min(high, at(places, index))));
  for (let pass = 0; pass < 50; pass++) {
    for (let index = 1; index < moved.length; index++) {
      const lacking = gap - (at(moved, index) - at(moved, index - 1));
      if (lacking <= 0) continue;
      moved[index] = Math.min(high, at(moved, index) + lacking / 2);
      moved[index - 1] = Math.max(low, at(moved, index - 1) - lacking / 2);
    }
  }
  return places.map((_, index) => at(moved, order.indexOf(index)));
}
