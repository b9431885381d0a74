import type { RunModel } from "../model/run.ts";
import { html, type Markup } from "@moongate/text";
import type { Say } from "../words/words.ts";
import type { Section } from "./section.ts";

/** Commands that make the run, and this page, again. */
export function repeatSection({ commands, owner, directory, result }: RunModel, say: Say): Section {
  const environment = result?.environment;
  const again = owner === "demo" ? commands : [`npx moongate ${owner} --config ${owner}.toml`];
  return {
    key: "section.repeat",
    body: html`${again.length === 0 ? "" : html`<p>${say(owner === "demo" ? "repeat.demo" : "repeat.party")}</p>${code(again)}`}
<p>${say("repeat.page")}</p>${code([`npx moongate report ${quoted(directory)}`])}
<p>${say("repeat.attack")}</p>${code(["npx moongate attack RUN"])}
<p>${say("repeat.files")} ${environment === undefined ? "" : say("repeat.machine", { ...environment })}</p>`,
  };
}

const code = (lines: readonly string[]): Markup =>
  html`<pre><code>${lines.join("\n")}</code></pre>`;

const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
