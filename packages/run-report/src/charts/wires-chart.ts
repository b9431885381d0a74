import { dot, ruleY, text } from "@observablehq/plot";
import { bytes, type Markup } from "@moongate/text";
import type { Wire } from "../model/run.ts";
import { chart } from "./chart.ts";
import { letters } from "./letters.ts";
import { COLOUR } from "./colours.ts";

export interface WiresOptions {
  readonly width: number;
  readonly describe: string;
  readonly x: string;
  readonly nameOf: (wire: Pick<Wire, "from" | "to" | "channel">) => string;
  readonly kindOf: (kind: string) => string;
}

const ROW = 19;
/** Pixels that a letter of a kind's name takes. */
const LETTER = 6.8;

/**
 * Bytes of every kind on every wire, as points on a logarithmic axis: kinds differ by a million.
 * Filled points could be read by their receiver, hollow ones could not.
 */
export function wiresChart(wires: readonly Wire[], options: WiresOptions): Markup {
  const { width, nameOf, kindOf } = options;
  const names = [...new Set(wires.map(nameOf))];
  const rows = names.flatMap((name) =>
    wires
      .filter((wire) => nameOf(wire) === name)
      .toSorted((a, b) => b.bytes - a.bytes)
      .map((wire, index) => ({
        ...wire,
        name,
        // A kind may cross both ways: its place is named by its wire as well.
        place: `${String(names.indexOf(name)).padStart(2, "0")} ${String(index).padStart(2, "0")}`,
        heading: index === 0,
      })),
  );
  const wide = width > 600;
  const places = rows.flatMap(({ place, heading }) => (heading ? [`${place}h`, place] : [place]));
  const left = 18 + LETTER * Math.max(...rows.map(({ kind }) => letters(kindOf(kind))));
  const most = Math.max(...rows.map((row) => row.bytes));
  return chart({
    width,
    height: places.length * ROW + 60,
    marginLeft: left,
    marginRight: 62,
    marginTop: 4,
    describe: options.describe,
    x: {
      type: "log",
      domain: [10, Math.max(1000, most)],
      ticks: powersOfTen(most, wide ? 1 : 2),
      tickFormat: (value: number) => bytes(value),
      label: options.x,
      labelArrow: "none",
      labelAnchor: "center",
      labelOffset: 40,
      grid: true,
    },
    y: { domain: places, axis: null },
    marks: [
      ruleY(rows, {
        x1: () => 10,
        x2: ({ bytes: count }: Wire) => Math.max(10, count),
        y: "place",
        stroke: colour,
        strokeWidth: 2,
      }),
      dot(rows, {
        x: ({ bytes: count }: Wire) => Math.max(10, count),
        y: "place",
        r: 4.2,
        fill: (wire: Wire) => (wire.opened ? COLOUR.open : "var(--paper)"),
        stroke: colour,
        strokeWidth: 2,
      }),
      text(rows, {
        x: ({ bytes: count }: Wire) => Math.max(10, count),
        y: "place",
        dx: 9,
        textAnchor: "start",
        text: ({ bytes: count }: Wire) => bytes(count),
        fill: COLOUR.ink,
      }),
      text(rows, {
        frameAnchor: "left",
        y: "place",
        dx: -10,
        textAnchor: "end",
        text: ({ kind }: Wire) => kindOf(kind),
        fill: COLOUR.quiet,
      }),
      text(
        rows.filter(({ heading }) => heading),
        {
          frameAnchor: "left",
          y: ({ place }: { readonly place: string }) => `${place}h`,
          dx: -left + 4,
          textAnchor: "start",
          text: "name",
          fontWeight: 600,
        },
      ),
    ],
  });
}

/** 10, 100, ... up to the most; on a narrow chart every second one. */
function powersOfTen(most: number, step: number): number[] {
  const powers = Math.floor(Math.log10(Math.max(1000, most)));
  return Array.from({ length: Math.ceil(powers / step) }, (_, index) => 10 ** (1 + index * step));
}

const colour = ({ opened }: Wire): string => (opened ? COLOUR.open : COLOUR.sealed);
