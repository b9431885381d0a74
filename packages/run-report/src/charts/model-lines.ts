import { line, type Markish } from "@observablehq/plot";
import type { Point } from "../model/curves.ts";
import type { Who } from "../model/run.ts";
import { COLOUR } from "./colours.ts";

/** How each model's line looks: the ceiling lies under the others, broad and pale. */
const LINES: Readonly<Record<Who, object>> = {
  pooled: { stroke: COLOUR.pooled, strokeWidth: 5, strokeOpacity: 0.35 },
  alone: { stroke: COLOUR.alone, strokeWidth: 1.8, strokeDasharray: "5 3" },
  joint: { stroke: COLOUR.joint, strokeWidth: 1.8 },
};
const ORDER: readonly Who[] = ["pooled", "alone", "joint"];

/** One line for each model there is, the joint one on top. */
export function modelLines(curves: Partial<Readonly<Record<Who, readonly Point[]>>>): Markish[] {
  return ORDER.flatMap((who) => {
    const points = curves[who];
    if (points === undefined) return [];
    return [line(points, { x: "x", y: "y", ...LINES[who], strokeLinejoin: "round" })];
  });
}
