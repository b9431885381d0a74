import { axisX, barX, type Markish, text } from "@observablehq/plot";
import { groupOf, type PhaseGroup } from "../model/phase-groups.ts";
import type { Lane } from "../model/timeline.ts";
import type { Markup } from "@moongate/text";
import { chart } from "./chart.ts";
import { letters } from "./letters.ts";
import { COLOUR } from "./colours.ts";

/** What crosses between two lanes, both ways, as a line of text. */
export interface Between {
  readonly name: string;
  readonly words: string;
}

export interface LanesOptions {
  readonly width: number;
  readonly describe: string;
  readonly x: string;
  readonly nameOf: (role: Lane["role"]) => string;
  readonly groupName: (group: PhaseGroup) => string;
  /** Traffic between each lane and the next. */
  readonly between: readonly Between[];
}

const LANE = 44;
/** A name is written into its bar where there is room for it: pixels for each of its letters. */
const LETTER = 7.4;
/** The shortest phases stay visible. */
const LEAST_PIXELS = 1.5;

/** Three lanes, each process's phases on one axis of time, and the bytes that cross between them. */
export function lanesChart(lanes: readonly Lane[], options: LanesOptions): Markup {
  const { width, nameOf, groupName, between } = options;
  const end = Math.max(...lanes.flatMap(({ spans }) => spans.map(({ to }) => to)));
  const rows = lanes.flatMap(({ role }, index) => {
    const gap = between[index];
    return gap === undefined || index === lanes.length - 1
      ? [nameOf(role)]
      : [nameOf(role), gap.name];
  });
  const left = 16 + 7.2 * Math.max(...lanes.map(({ role }) => letters(nameOf(role))));
  const pixel = end / (width - left - 20);
  const bars = lanes.flatMap(({ role, spans }) =>
    spans.map((span) => ({
      lane: nameOf(role),
      group: groupOf(span.phase),
      from: span.from,
      to: Math.max(span.to, span.from + LEAST_PIXELS * pixel),
    })),
  );
  const named = bars.filter(
    ({ group, from, to }) => (to - from) / pixel > letters(groupName(group)) * LETTER + 6,
  );
  return chart({
    width,
    height: rows.length * LANE + 56,
    marginLeft: left,
    marginRight: 20,
    marginTop: 8,
    describe: options.describe,
    x: { domain: [0, end], label: null },
    y: {
      domain: rows,
      label: null,
      tickSize: 0,
      padding: 0.18,
      tickFormat: (row: string) => (between.some(({ name }) => name === row) ? "" : row),
    },
    marks: [
      axisX({
        ticks: width > 600 ? 8 : 4,
        label: options.x,
        labelArrow: "none",
        labelAnchor: "center",
        labelOffset: 40,
      }),
      barX(bars, {
        ...{ x1: "from", x2: "to", y: "lane" },
        fill: ({ group }: { readonly group: PhaseGroup }) => `var(--phase-${group})`,
      }),
      text(named, {
        x: ({ from, to }: { readonly from: number; readonly to: number }) => (from + to) / 2,
        y: "lane",
        text: ({ group }: { readonly group: PhaseGroup }) => groupName(group),
        fill: "var(--on-phase)",
      }),
      ...crossings(between, end),
    ],
  });
}

function crossings(between: readonly Between[], end: number): Markish[] {
  return [text(between, { x: () => end / 2, y: "name", text: "words", fill: COLOUR.quiet })];
}
