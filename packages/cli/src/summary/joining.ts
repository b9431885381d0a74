import { COMPARED } from "@moongate/catalogue";
import { type Joining, joining, joiningText } from "@moongate/campaign";
import type { JoiningReport, LabelJoining } from "@moongate/campaign";
import type { ResultDocument } from "@moongate/results";
import type { Colours } from "../terminal/io.ts";
import { integer } from "@moongate/text";
import { paragraph, table } from "./table.ts";

type Told = Pick<ResultDocument, "protocol" | "model" | "labels" | "disclosures">;

/**
 * The card "Is joining worth it?": in full for the first label, a few figures for each other one,
 * then what commerce alone is, what the intervals tell, and what was disclosed.
 */
export function joiningSection(
  { protocol, model, labels, disclosures }: Told,
  report: JoiningReport,
  colours: Colours,
): string {
  const [first = "", ...others] = labels;
  const told = joiningOf({ protocol, model }, report, first);
  if (told === undefined) return "";
  const card = joiningText(told);
  const [title = "", ...body] = card.split("\n");
  return [
    colours.bold(title),
    ...body,
    ...(others.length === 0 ? [] : ["", othersTable(others, report)]),
    "",
    ...notes(report, { protocol, labels, disclosures }).map(paragraph),
    "",
  ].join("\n");
}

/** What joining is worth for one label, from a report that was kept; nothing for a label it lacks. */
export function joiningOf(
  { protocol, model }: Pick<ResultDocument, "protocol" | "model">,
  report: JoiningReport,
  label: string,
): Joining | undefined {
  const known = Object.hasOwn(report.labels, label) ? report.labels[label] : undefined;
  if (known === undefined) return undefined;
  const { overlap, bytes, seconds, campaign, testRows, disclosures } = report;
  const { rate, auc, lift10, classes, suspects } = known;
  return joining({
    what: `${protocol} ${model.kind} model for ${label}`,
    basis: `on the same ${integer(testRows)} test rows`,
    ...{ auc, lift10, rate, overlap, bytes, seconds, campaign, disclosures, classes, suspects },
  });
}

function othersTable(labels: readonly string[], report: JoiningReport): string {
  return table(
    [
      { title: "the other labels" },
      { title: "AUC", align: "right" },
      { title: "lift at 10%", align: "right" },
      { title: "money", align: "right" },
      { title: "pays from", align: "right" },
      { title: "worth it?", wrap: 15 },
    ],
    labels.flatMap((label) => {
      const known = report.labels[label];
      return known === undefined ? [] : [othersRow(label, known)];
    }),
  );
}

const ANSWERS: Readonly<Record<LabelJoining["verdict"], string>> = {
  "too few": "too few to tell",
  "suspect column": "withheld: suspect column",
  pays: "yes",
  "does not pay": "no",
  "not shown to pay": "better, but not shown to pay",
  "no gain shown": "no gain shown",
  "not told": "not told",
};

function othersRow(label: string, told: LabelJoining): string[] {
  const { auc, lift10, money, breakEven, verdict } = told;
  return [
    label,
    gain(auc.gain, 4),
    gain(lift10.gain, 2),
    money === undefined ? "not told" : gain(money.net, 0),
    breakEven === undefined ? "" : payingShare(breakEven.at),
    ANSWERS[verdict],
  ];
}

function payingShare(at: number | null): string {
  if (at === null || at > 1) return "no overlap";
  return at < 0.0005 ? "any overlap" : `${(at * 100).toFixed(1)}%`;
}

/** "+0.0123", and its interval on a line below. */
function gain({ mean, interval }: LabelJoining["auc"]["gain"], places: number): string {
  const say = (value: number): string => signed(value, places);
  const below = interval === undefined ? "no interval" : interval.map(say).join(" to ");
  return `${say(mean)}\n${below}`;
}

/** A number with a sign, a true minus included, and commas between thousands. */
function signed(value: number, places: number): string {
  const [whole = "", ...rest] = Math.abs(value).toFixed(places).split(".");
  const text = [integer(Number(whole)), ...rest].join(".");
  if (/^[0.,]+$/.test(text)) return text;
  return `${value < 0 ? "\u2212" : "+"}${text}`;
}

function notes(
  { alone }: JoiningReport,
  { protocol, labels, disclosures }: Omit<Told, "model">,
): string[] {
  const told = [...new Set(disclosures.map(({ what }) => what))];
  return [
    `Disclosed on purpose, to the readers above: ${told.join("; ")}.`,
    ...(protocol === "split"
      ? [
          "What its embeddings and gradients give away, `moongate attack` measures on a run with --record.",
        ]
      : []),
    `Commerce alone has its ${COMPARED[alone].title} here, the best of its kinds on validation rows. Intervals ` +
      "are of the test rows (DeLong for AUC, a paired bootstrap for lift); another seed would " +
      "train another model, which they do not tell.",
    ...(labels.length > 1
      ? ["Each label is counted as a campaign of its own that pays for all of the training."]
      : []),
    "Your own figures: --budget, --click-cost and --conversion-value.",
  ];
}
