import type { Side } from "@moongate/messages";
import type { ColumnFate } from "../model/columns.ts";
import type { RunModel } from "../model/run.ts";
import { html, integer, type Markup } from "@moongate/text";
import { phrase } from "../words/phrases.ts";
import { type Say, type WordKey, WORDS } from "../words/words.ts";
import { note, type Section } from "./section.ts";
import { table } from "./table.ts";

const SIDES: readonly Side[] = ["media", "commerce"];

/** The columns of the tables that the owner of the folder holds, and what became of each. */
export function columnsSection(run: RunModel, say: Say): Section | undefined {
  const sides = SIDES.filter((side) => run.columns.some((column) => column.side === side));
  if (sides.length === 0) return undefined;
  return { key: "section.columns", body: sides.map((side) => sidePart(run, side, say)) };
}

function sidePart({ columns, result }: RunModel, side: Side, say: Say): Markup {
  const own = columns.filter((column) => column.side === side);
  const local = result?.local[side];
  const extra =
    local === undefined || local === null
      ? ""
      : note(
          say("columns.local", {
            side: say(`role.${side}`),
            count: integer(local.columns),
            rows: integer(local.rows),
          }),
        );
  const titles = (["name", "kind", "became"] as const).map((name) => ({
    title: say(`columns.${name}`),
  }));
  const rows = own.map((column) => [
    html`<code>${column.name === "" ? say("table.no-name") : column.name}</code>`,
    column.kind === undefined ? "" : wordOr(`kind.${column.kind}`, column.kind, say),
    became(column, say),
  ]);
  return html`<h3>${say(`columns.of-${side}`)}</h3>
<p>${say("columns.intro", { total: integer(own.length), kinds: kindCounts(own, say) })}</p>
${extra}${own.length > MANY ? folded(titles, rows, say) : table(titles, rows)}`;
}

/** The longest list that is shown unfolded: a page is for reading. */
const MANY = 40;

const folded = (...[titles, rows, say]: [...Parameters<typeof table>, Say]): Markup =>
  html`<details><summary>${say("columns.all", { count: integer(rows.length) })}</summary>${table(titles, rows)}</details>`;

const KINDS = [
  ["number", "columns.numbers"],
  ["category", "columns.categories"],
  ["boolean", "columns.booleans"],
] as const;

function kindCounts(columns: readonly ColumnFate[], say: Say): string {
  const used = columns.filter(({ leftOut }) => leftOut === undefined);
  const known = KINDS.map(
    ([kind, key]) => [key, used.filter((column) => column.kind === kind).length] as const,
  );
  const others = used.length - known.reduce((sum, [, count]) => sum + count, 0);
  const counts = [
    ...known,
    ["columns.others", others] as const,
    ["columns.left-out", columns.length - used.length] as const,
  ];
  return counts
    .filter(([, count]) => count > 0)
    .map(([key, count]) => say(key, { count: integer(count) }))
    .join(say.language === "zh" ? "、" : ", ");
}

function became({ encoding, levels, missing, leftOut }: ColumnFate, say: Say): Markup {
  if (leftOut !== undefined) {
    const reason = phrase(leftOut, say.language).text;
    return html`${say("columns.because", { reason })}`;
  }
  const how = wordOr(`encoding.${encoding ?? ""}`, encoding ?? "", say, { levels: levels ?? 0 });
  return html`${how}${missing === true ? `, ${say("encoding.missing")}` : ""}`;
}

function wordOr(key: string, otherwise: string, say: Say, values = {}): string {
  return Object.hasOwn(WORDS, key) ? say(key as WordKey, values) : otherwise;
}
