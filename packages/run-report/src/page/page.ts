import type { RunModel } from "../model/run.ts";
import { columnsSection } from "../sections/columns.ts";
import { epochsSection } from "../sections/epochs.ts";
import { headsSection } from "../sections/heads.ts";
import { ledgerSection } from "../sections/ledger.ts";
import { modelsSection } from "../sections/models.ts";
import { receivedSection } from "../sections/received.ts";
import { repeatSection } from "../sections/repeat.ts";
import type { Section } from "../sections/section.ts";
import { sessionSection } from "../sections/session.ts";
import { verdictSection } from "../sections/verdict.ts";
import { html, type Markup } from "@moongate/text";
import type { Language, Say } from "../words/words.ts";
import { document } from "./document.ts";

type MakeSection = (run: RunModel, say: Say) => Section | undefined;

const SECTIONS: readonly MakeSection[] = [
  verdictSection,
  modelsSection,
  epochsSection,
  headsSection,
  sessionSection,
  receivedSection,
  ledgerSection,
  columnsSection,
  repeatSection,
];

/** The whole page of one run. @param language what it opens in. */
export function runPage(run: RunModel, language: Language): string {
  return document(language, (say) => ({
    lead: lead(run, say),
    sections: SECTIONS.flatMap((make) => make(run, say) ?? []),
  }));
}

function lead({ owner, name, plan }: RunModel, say: Say): Markup {
  const { protocol, model, seed } = plan;
  return html`<p>${say(`page.of-${owner}`, { name })}</p><p class="note">${say("page.made-by", {
    protocol: say(`protocol.${protocol}`),
    model: say(`model.${model.kind}`),
    epochs: model.epochs,
    seed,
  })}</p>`;
}
