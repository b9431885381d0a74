import type { Disclosure } from "@moongate/results";
import type { RunModel } from "../model/run.ts";
import { html } from "@moongate/text";
import { phrase } from "../words/phrases.ts";
import type { Say } from "../words/words.ts";
import type { Section } from "./section.ts";
import { table } from "./table.ts";

/** The disclosure ledger; what several learn alike is one line. */
export function ledgerSection({ disclosures, plan }: RunModel, say: Say): Section | undefined {
  if (disclosures.length === 0) return undefined;
  const intro = say(plan.protocol === "split" ? "ledger.intro-split" : "ledger.intro");
  const rows = sameLines(disclosures).map(({ what, shape, why, readers }) => [
    readers.map((reader) => say(`role.${reader}`)).join(", "),
    phrase(what, say.language),
    say.language === "zh" ? shape.replaceAll(" and ", "，") : shape,
    phrase(why, say.language),
  ]);
  const columns = (["to", "what", "shape", "why"] as const).map((name) => ({
    title: say(`ledger.${name}`),
  }));
  return { key: "section.ledger", body: html`<p>${intro}</p>${table(columns, rows)}` };
}

type Line = Omit<Disclosure, "to"> & { readonly readers: readonly Disclosure["to"][] };

function sameLines(disclosures: readonly Disclosure[]): Line[] {
  const lines = new Map<string, Line>();
  for (const { to, ...line } of disclosures) {
    const key = JSON.stringify([line.what, line.shape, line.why]);
    lines.set(key, { ...line, readers: [...(lines.get(key)?.readers ?? []), to] });
  }
  return [...lines.values()];
}
