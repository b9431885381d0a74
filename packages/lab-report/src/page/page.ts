import { html, Markup } from "@moongate/text";
import type { ReportOptions, TableReport } from "../report.ts";
import { attacksSection } from "./attacks.ts";
import { businessSection } from "./business.ts";
import { closingSection, joiningSection } from "./closing.ts";
import { costsSection } from "./costs.ts";
import { epsilonSection } from "./epsilon.ts";
import { frontierSection } from "./frontier.ts";
import { headlineSection } from "./headline.ts";
import { STYLE } from "./style.ts";

const CONTENTS = [
  ["frontier", "Accuracy against privacy"],
  ["epsilon", "What a proof costs"],
  ["attacks", "Attacks"],
  ["costs", "Costs"],
  ["business", "Business metrics"],
  ["joining", "Is joining worth it?"],
  ["limits", "Limits"],
  ["again", "Doing it again"],
] as const;

/**
 * The whole report as one page that needs nothing else: no network, which its policy forbids, and no
 * script.
 */
export function page(reports: readonly TableReport[], options: ReportOptions): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="color-scheme" content="light dark">
<title>Moongate: accuracy against privacy</title>
<link rel="icon" href="data:,">
<style>${new Markup(STYLE)}</style>
</head>
<body>
<main>
<header>
<h1>Moongate: accuracy against privacy</h1>
${headlineSection(reports)}
<nav aria-label="Sections"><ul>${CONTENTS.map(
    ([id, title]) => html`<li><a href="#${id}">${title}</a></li>`,
  )}</ul></nav>
</header>
${frontierSection(reports)}
${epsilonSection(reports)}
${attacksSection(reports)}
${costsSection(reports)}
${businessSection(reports)}
${joiningSection(reports)}
${closingSection(reports, options)}
</main>
</body>
</html>
`.text;
}
