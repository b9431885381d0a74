import { fixed, signed } from "@moongate/text";
import { type Content, html, type Markup } from "@moongate/text";
import type { Estimate } from "../findings/estimate.ts";
import { type Headline, headlineOf } from "../findings/headline.ts";
import type { TableReport } from "../report.ts";
import { figure, inWords, seedsOf } from "./figures.ts";
import { table } from "./table.ts";

/** The one sentence, its figures, and the same for all other tables. */
export function headlineSection(reports: readonly TableReport[]): Markup {
  const [first] = reports;
  if (first === undefined) return html`<p class="lead">There are no results yet.</p>`;
  const found = headlineOf(first.main, first.attacks);
  return html`<p class="lead">${sentence(found, first)}</p>
<div class="tiles">
${tile("masked minus pooled", found.cost && signed(found.cost.mean, 4), "test AUC")}
${tile("worst leak, masked", found.masked && fixed(found.masked.leak.mean, 3), "0.5 is chance")}
${tile("worst leak, split", found.split && fixed(found.split.leak.mean, 3), "labels, to media")}
${tile("joining brings", first.joining && signed(first.joining.input.auc.gain.mean, 4), "test AUC over commerce alone")}
</div>
${reports.length > 1 && everyTable(reports)}`;
}

/** What masked costs, what it leaks, what the undefended split leaks. */
export function sentence(
  { cost, masked, split, members }: Headline,
  { results, main }: TableReport,
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
        `${inWords(masked.leak, 3)}, where 0.5 is chance${
          masked.weak ? ", but all of them fail on their control too" : ""
        }`,
    ...(split === undefined
      ? []
      : [`undefended split learning leaks labels at ${inWords(split.leak, 3)}`]),
  ];
  return `${parts.join("; ")}.${memberWords(members)}`;
}

/** Masks hide the training, not what its result says. */
function memberWords(found: Headline["members"]): string {
  if (found?.leak === undefined) return "";
  return (
    " A released model still tells something of who was trained on, masks or not: a membership " +
    `attack reaches a leak AUC of ${inWords(found.leak, 3)}. ` +
    "Noise in the training is what answers that."
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

function tile(name: string, value: string | undefined, detail: string): Content {
  return html`<div class="tile"><span>${name}</span><b>${value ?? "–"}</b><span>${detail}</span></div>`;
}

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
        figure(masked?.leak, 3),
        figure(split?.leak, 3),
        figure(gain && { mean: gain.mean, interval: gain.interval, seeds: 0 }, 4, signed),
      ];
    }),
  );
}
