import type { Unit } from "@moongate/lab";
import { element } from "./svg.ts";

export type MarkShape = "diamond" | "circle" | "square" | "triangle" | "cross";

/** A shape for where a setting protects; masked settings are diamonds. */
export function shapeOf({ protocol, defence }: Pick<Unit, "protocol" | "defence">): MarkShape {
  if (protocol === "masked") return "diamond";
  if (defence === undefined) return "cross";
  return ({ labels: "square", gradient: "circle", embedding: "triangle" } as const)[defence.place];
}

/** "masked" or "split": the colour. */
export function hueOf({ protocol }: Pick<Unit, "protocol">): "masked" | "split" {
  return protocol === "masked" ? "masked" : "split";
}

/** A mark about 9 units wide; a diamond is somewhat larger. */
export function mark(
  shape: MarkShape,
  x: number,
  y: number,
  hue: "masked" | "split",
  filled: boolean,
): string {
  const style = { class: `c-${hue} c-mark${filled ? "" : " c-hollow"}` };
  if (shape === "circle") return element("circle", { cx: x, cy: y, r: 3.9, ...style });
  if (shape === "square") {
    return element("rect", { x: x - 3.7, y: y - 3.7, width: 7.4, height: 7.4, ...style });
  }
  const at = (dx: number, dy: number): string => `${(x + dx).toFixed(1)} ${(y + dy).toFixed(1)}`;
  const corners = {
    diamond: [at(0, -6.6), at(6.6, 0), at(0, 6.6), at(-6.6, 0)],
    triangle: [at(0, -5), at(4.8, 3.6), at(-4.8, 3.6)],
    cross: [
      ...[at(-4.6, -2.9), at(-2.9, -4.6), at(0, -1.7), at(2.9, -4.6), at(4.6, -2.9), at(1.7, 0)],
      ...[at(4.6, 2.9), at(2.9, 4.6), at(0, 1.7), at(-2.9, 4.6), at(-4.6, 2.9), at(-1.7, 0)],
    ],
  }[shape];
  return element("path", { d: `M${corners.join("L")}Z`, ...style });
}
