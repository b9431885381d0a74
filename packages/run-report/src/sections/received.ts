import type { RunModel } from "../model/run.ts";
import { bytes, html } from "@moongate/text";
import { phrase } from "../words/phrases.ts";
import type { Say } from "../words/words.ts";
import { kindName } from "./kind-name.ts";
import { type Section } from "./section.ts";
import { table } from "./table.ts";

/** What each process received, and whether it could read it. */
export function receivedSection({ seen }: RunModel, say: Say): Section | undefined {
  if (seen.length === 0) return undefined;
  const rows = seen.map(({ process, from, kind, bytes: size, opened, as }) => [
    say(`role.${process}`),
    say(`role.${from}`),
    kindName(kind, say),
    bytes(size),
    html`<span class="${opened ? "opened" : "closed"}">${say(opened ? "received.yes" : "received.no")}</span>`,
    phrase(as, say.language),
  ]);
  const columns = [
    { title: say("received.process") },
    { title: say("received.from") },
    { title: say("received.kind") },
    { title: say("received.bytes"), numeric: true },
    { title: say("received.opened") },
    { title: say("received.as") },
  ];
  return {
    key: "section.received",
    body: html`<p>${say("received.intro")}</p>${table(columns, rows)}`,
  };
}
