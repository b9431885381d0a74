import type { Side } from "@moongate/mpc";
import { fixed, type PageLanguage, whole } from "../language/language.ts";
import type { TableGlance } from "../session/tables.ts";
import type { Eyes } from "./state.ts";
import { STAGE } from "./texts.ts";
import type { Running } from "./use-federation.ts";

/** Columns that a card shows of its table. */
const SHOWN = 4;

interface CardsProps {
  readonly language: PageLanguage;
  readonly shown: Running;
  readonly eyes: Eyes;
}

/** The three parties, with what each of them holds: blurred for eyes that cannot see it. */
export function Cards({ language, shown, eyes }: CardsProps) {
  const t = STAGE[language];
  const latest = shown.frames[0]?.frame;
  const parties = [
    { role: "media", name: t.media, holds: t.mediaHolds },
    { role: "coordinator", name: t.coordinator, holds: t.coordinatorHolds },
    { role: "commerce", name: t.commerce, holds: t.commerceHolds },
  ] as const;
  return (
    <div class="cards">
      {parties.map(({ role, name, holds }) => (
        <div
          key={role}
          class={`card ${role} ${latest?.from === role ? "sends" : ""} ${latest?.to === role ? "receives" : ""}`}
        >
          <h3>{name}</h3>
          <p>{holds}</p>
          {role === "coordinator" ? (
            <p class="held">{shown.count > 0 ? t.noTable : ""}</p>
          ) : (
            <Held language={language} side={role} table={shown.tables[role]} eyes={eyes} />
          )}
        </div>
      ))}
    </div>
  );
}

interface HeldProps {
  readonly language: PageLanguage;
  readonly side: Side;
  readonly table: TableGlance | undefined;
  readonly eyes: Eyes;
}

function Held({ language, side, table, eyes }: HeldProps) {
  const t = STAGE[language];
  if (table === undefined) return null;
  const open = eyes === "all" || eyes === side;
  return (
    <>
      <p class="held">{t.table(whole(table.rows), table.columns.length)}</p>
      {open ? (
        <ul class="held">
          {table.columns.slice(0, SHOWN).map((column, index) => (
            <li key={column}>
              <code>{column}</code> {fixed(table.first[index] ?? Number.NaN, 2)}
            </li>
          ))}
          {table.buyers === undefined ? null : <li>{t.buyers(whole(table.buyers))}</li>}
        </ul>
      ) : (
        <p class="held">
          <span class="blurred" aria-hidden="true">
            00.00 00.00 00.00
          </span>{" "}
          <span class="quiet">{t.unseen}</span>
        </p>
      )}
    </>
  );
}
