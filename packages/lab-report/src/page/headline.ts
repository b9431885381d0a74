import { fixed, signed } from "@moongate/text";
import { type Content, html, type Markup, NOTHING } from "@moongate/text";
import type { Verdict } from "@moongate/lab";
import { bounds, type Estimate } from "../findings/estimate.ts";
import type { WorstLeak } from "../findings/worst.ts";
import { type Headline, headlineOf } from "../findings/headline.ts";
import type { TableReport } from "../report.ts";
import { figure, inWords, seedsOf } from "./figures.ts";
import { noiseWords } from "./noise.ts";
import { wordOf } from "./verdict.ts";
import { table } from "./table.ts";

/** The one sentence, its figures, and the same for all other tables. */
export function headlineSection(reports: readonly TableReport[]): Markup {
  const [first] = reports;
  if (first === undefined) return html`<p class="lead">There are no results yet.</p>`;
  const found = headlineOf(first.main, first.attacks);
  const gain = first.joining?.input.auc.gain;
  return html`<p class="lead">${sentence(found, first)}</p>
<div class="tiles">
${tile({ name: "masked minus pooled", value: found.cost && signed(found.cost.mean, 4), detail: "test AUC", verdict: differs(found.cost, "shown to cost something", "shown to gain something") })}
${leakTile("worst leak, masked", found.masked, "0.5 is chance")}
${leakTile("worst leak, split", found.split, "labels, to media")}
${tile({ name: "joining brings", value: gain && signed(gain.mean, 4), detail: "test AUC over commerce alone", verdict: differs(gain, "joining loses", "joining helps") })}
</div>
${reports.length > 1 && everyTable(reports)}`;
}

/** What masked costs, what it leaks, what the undefended split leaks. */
export function sentence(
  { cost, masked, split, members }: Headline,
  { results, main, epsilon }: TableReport,
): string {
  const data = `On ${results.data}`;
  const kind = main.masked?.unit.model ?? "";
  const parts = [
    cost === undefined
      ? `${data} masked and pooled were not both trained`
      : `${data}, masked training ${costWords(cost)} ` + `(${kind} model, ${seedsOf(cost)})`,
    masked === undefined
      ? "no attack on it was run"
      : `the worst of ${masked.attacks} attacks by ${masked.adversary} on it reaches a leak AUC of ` +
        `${inWords(masked.leak, 3)}, where 0.5 is chance: ${VERDICTS[masked.verdict]}`,
    ...(split === undefined
      ? []
      : [`undefended split learning leaks labels at ${inWords(split.leak, 3)}`]),
  ];
  return `${parts.join("; ")}.${memberWords(members, epsilon)}`;
}

/** Masks hide the training, not what its result says. */
function memberWords(found: Headline["members"], series: TableReport["epsilon"]): string {
  if (found?.leak === undefined) return "";
  return (
    " A released model still tells something of who was trained on, masks or not: a membership " +
    `attack reaches a leak AUC of ${inWords(found.leak, 3)}. ${noiseWords(series)}`
  );
}

/**
 * A cost is how far masked lies below pooled; within the interval of 0 there is none to speak of.
 */
function costWords({ mean, interval, seeds }: Estimate): string {
  const against = "of test AUC against pooling the tables";
  if (interval !== undefined && interval[0] <= 0 && interval[1] >= 0) {
    const within = fixed(Math.max(-interval[0], interval[1]), 4);
    const difference = inWords({ mean, interval, seeds }, 4, signed);
    return `is within ${within} of pooling the tables in test AUC: ${difference}`;
  }
  const behind = Number(mean.toFixed(4)) <= 0;
  const [low, high] = interval ?? [mean, mean];
  const turned: Estimate["interval"] = interval && (behind ? [-high, -low] : [low, high]);
  const size = { mean: Math.abs(mean), interval: turned, seeds };
  return `${behind ? "costs" : "gains"} ${inWords(size, 4)} ${against}`;
}

interface Tile {
  readonly name: string;
  readonly value: string | undefined;
  readonly detail: string;
  readonly verdict: Content;
}

function tile({ name, value, detail, verdict }: Tile): Content {
  return html`<div class="tile"><span>${name}</span><b>${value ?? "–"}</b><span>${detail}</span>${verdict}</div>`;
}

/** A leak never stands without what may be concluded from it, and its interval. */
function leakTile(name: string, found: WorstLeak | undefined, detail: string): Content {
  if (found === undefined) return tile({ name, value: undefined, detail, verdict: NOTHING });
  const [low, high] = bounds(found.leak);
  const verdict = html`<span>${wordOf(found.verdict)} ${fixed(low, 3)} to ${fixed(high, 3)}</span>`;
  return tile({ name, value: fixed(found.leak.mean, 3), detail, verdict });
}

/** A difference is a finding only where its interval leaves out 0. */
function differs(
  found: { readonly interval?: Estimate["interval"] } | undefined,
  below: string,
  above: string,
): Content {
  if (found === undefined) return NOTHING;
  const [low, high] = found.interval ?? [-Infinity, Infinity];
  const words = low > 0 ? above : high < 0 ? below : "no difference shown";
  return html`<span>${words}</span>`;
}

/** A verdict on the worst of several attacks, as a sentence ends. */
const VERDICTS: Readonly<Record<Verdict, string>> = {
  broken: "broken",
  leaks: "it leaks",
  "as a supervised model": "no more than a supervised model with the same facts has",
  "at chance": "at chance",
  undecided: "undecided, since the interval is too wide to tell it from chance or from a leak",
  "attack too weak": "they say nothing, since all of them fail on their control too",
  "not applicable": "none applies",
};

function everyTable(reports: readonly TableReport[]): Markup {
  return table(
    "The same on every table; 95% intervals.",
    [
      { title: "data", short: "" },
      { title: "masked minus pooled, test AUC", short: "masked minus pooled", numbers: true },
      { title: "worst leak, masked", short: "worst leak, masked", numbers: true },
      { title: "worst leak to media, split", short: "worst leak, split", numbers: true },
      { title: "masked over commerce alone", short: "over commerce alone", numbers: true },
    ],
    reports.map(({ results, main, attacks, joining }) => {
      const { cost, masked, split } = headlineOf(main, attacks);
      const gain = joining?.input.auc.gain;
      return [
        results.data,
        figure(cost, 4, signed),
        leakCell(masked),
        leakCell(split),
        figure(gain && { mean: gain.mean, interval: gain.interval, seeds: 0 }, 4, signed),
      ];
    }),
  );
}

function leakCell(found: WorstLeak | undefined): Content {
  if (found === undefined) return figure(undefined, 3);
  return html`${figure(found.leak, 3)}<span class="below">${wordOf(found.verdict)}</span>`;
}
