import { distinguisher } from "../attacks/distinguisher/distinguisher.ts";
import type { Side } from "@moongate/messages";
import type { AttackOutcome } from "../grid/unit.ts";
import type { Attempt } from "./attempt.ts";
import { outcomeOf } from "./outcome.ts";
import { featuresOf, labelsOf, type Views } from "./truth.ts";

/** The same session in two worlds. */
export interface Worlds {
  readonly zero: Views;
  readonly one: Views;
}

/** Number of media's columns, the first that vary: enough to recognise a world by. */
const MOST_COLUMNS = 3;

/**
 * How well each party's openings tell two worlds apart that differ in what the other brings: for media
 * in labels, for commerce in media's columns.
 */
export function tellWorlds(
  games: Readonly<Record<"labels" | "columns", readonly Worlds[]>>,
): AttackOutcome[] {
  const known = (worlds: readonly Worlds[], numbers: (views: Views) => readonly Numbers[]) =>
    worlds.slice(0, 1).flatMap(({ zero, one }) => [...numbers(zero), ...numbers(one)]);
  return [
    ...told("media", games.labels, known(games.labels, firstLabel)),
    ...told("commerce", games.columns, known(games.columns, firstColumns)),
  ];
}

type Numbers = ArrayLike<number>;

function told(
  adversary: Side,
  worlds: readonly Worlds[],
  known: readonly Numbers[],
): AttackOutcome[] {
  const pairs = worlds.flatMap((world) => {
    const [zero, one] = [world.zero[adversary], world.one[adversary]];
    return zero === undefined || one === undefined ? [] : [{ zero, one }];
  });
  if (pairs.length === 0) return [];
  const result = distinguisher(pairs, { known });
  const attack = { about: result.about, run: () => result };
  const attempt: Attempt = {
    ...{ attack, adversary },
    run: () => Promise.resolve({ attempt, result }),
  };
  return [outcomeOf({ attempt, result })];
}

/** The first label of all joint rows; one a row. */
function firstLabel({ commerce }: Views): readonly Numbers[] {
  const { labels } = labelsOf(commerce);
  if (labels === undefined) return [];
  return [labels.values.filter((_, at) => at % labels.names.length === 0)];
}

/** The columns of media's that vary, of all joint rows. */
function firstColumns({ media }: Views): readonly Numbers[] {
  const { features } = featuresOf(media);
  if (features === undefined) return [];
  const { cols, values } = features;
  return Array.from({ length: cols }, (_, column) =>
    values.filter((_each, at) => at % cols === column),
  )
    .filter((column) => column.some((value) => value !== column[0]))
    .slice(0, MOST_COLUMNS);
}
