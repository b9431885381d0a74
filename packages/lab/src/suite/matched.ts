import { type AttackResult, notApplicable } from "../attacks/attack.ts";
import { type Candidates, type Colluder, matchedSet } from "../attacks/matched-set.ts";
import type { Side } from "@moongate/messages";
import { named, type View } from "@moongate/views";
import type { Attempt } from "./attempt.ts";
import type { Views } from "./truth.ts";

/** Normalised ids of both tables: what a dictionary attack on alignment tags is scored by. */
export type TableIds = Readonly<Record<Side, readonly string[]>>;

/**
 * The dictionary attack on alignment tags: by the coordinator on its own, and with each party whose
 * view, and so pair key, there is.
 */
export function matchedAttempts(
  coordinator: View,
  views: Views,
  tables: TableIds | undefined,
): Attempt[] {
  const { method } = coordinator.header.plan.alignment;
  const colluders = (["media", "commerce"] as const).flatMap((party) => {
    const pairKey = pairKeyOf(views[party]);
    return method === "keyed" && pairKey !== undefined ? [{ party, pairKey }] : [];
  });
  return [undefined, ...colluders].map((colluder) => {
    const result = attacked(coordinator, tables, colluder);
    const attack = { about: result.about, run: () => result };
    const attempt: Attempt = {
      ...{ attack, adversary: result.about.adversary },
      run: () => Promise.resolve({ attempt, result }),
    };
    return attempt;
  });
}

function attacked(
  coordinator: View,
  tables: TableIds | undefined,
  colluder: Colluder | undefined,
): AttackResult {
  if (tables !== undefined) {
    return matchedSet(coordinator, candidatesOf(tables, colluder), colluder);
  }
  const { about } = matchedSet(coordinator, { ids: [], inside: [] }, colluder);
  return notApplicable(about, "there is no list of ids: it takes both tables to score it by");
}

function pairKeyOf(view: View | undefined): Uint8Array | undefined {
  const [tensor] = view === undefined ? [] : named(view, "own/pair-key");
  return tensor && view?.bytes(tensor);
}

/**
 * A dictionary that holds all there is to find, and as many names again that nobody has. A party that
 * colludes knows its own users, and which of them are matched: it asks about others.
 */
function candidatesOf(tables: TableIds, colluder: Colluder | undefined): Candidates {
  const [media, commerce] = [new Set(tables.media), new Set(tables.commerce)];
  const own = colluder === undefined ? undefined : { media, commerce }[colluder.party];
  const there = [...new Set([...media, ...commerce])].filter((id) => own?.has(id) !== true);
  const strangers = there.map((_, at) => `nobody ${at}`);
  const isInside = (id: string): boolean =>
    own === undefined ? media.has(id) && commerce.has(id) : media.has(id) || commerce.has(id);
  const ids = [...there, ...strangers];
  return { ids, inside: ids.map(isInside) };
}
