import type { PageLanguage } from "../language/language.ts";
import type { SentFrame } from "../session/protocol.ts";
import { STAGE } from "./texts.ts";

/** The three parties, and the latest frame on its wire. */
export function Cards({
  language,
  latest,
}: {
  readonly language: PageLanguage;
  readonly latest: SentFrame | undefined;
}) {
  const t = STAGE[language];
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
        </div>
      ))}
    </div>
  );
}
