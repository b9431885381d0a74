import type { LocalReport, Metrics, ModelReport, ResultDocument } from "@moongate/results";
import { COMPARED } from "@moongate/catalogue";
import { integer, plural } from "@moongate/text";
import { type SummaryColumn, paragraph, table } from "./table.ts";

type Who = ModelReport["who"];

const NAMES: Readonly<Record<Who, string>> = {
  commerce: "commerce alone",
  media: "media alone *",
  federated: "federated",
  pooled: "pooled",
};

const METRICS: readonly [title: string, read: (metrics: Metrics) => string][] = [
  ["KS", ({ ks }) => figure(ks, 4)],
  ["PR-AUC", ({ prAuc }) => figure(prAuc, 4)],
  ["log-loss", ({ logLoss }) => logLoss.toFixed(4)],
  ["calibration error", ({ calibrationError }) => calibrationError.toFixed(4)],
  ["lift at 10%", ({ lift10 }) => figure(lift10, 2)],
];

/** A metric that compares two classes, where the rows had both. */
const figure = (value: number | null, digits: number): string =>
  value?.toFixed(digits) ?? "too few to tell";

const right = (title: string): SummaryColumn => ({ title, align: "right" });

/** Other metrics than AUC of the plan's kind of model, by label and by who trained it. */
export function metricsTable({
  labels,
  models,
  model: { kind },
}: Pick<ResultDocument, "labels" | "models" | "model">): string {
  const rows = labels.flatMap((label) => {
    const known = (["commerce", "federated", "pooled"] as const).flatMap((who) => {
      const metrics = find(models, who, kind)?.test[label];
      return metrics === undefined ? [] : [{ who, metrics }];
    });
    return known.map(({ who, metrics }, index) => [
      index === 0 ? label : "",
      NAMES[who],
      ...METRICS.map(([, read]) => read(metrics)),
    ]);
  });
  return table([{ title: "" }, { title: "" }, ...METRICS.map(([title]) => right(title))], rows);
}

/** The mean test AUC over all labels of every model there is, by kind and by who trained it. */
export function kindsTable(
  { labels, models, rows }: Pick<ResultDocument, "labels" | "models" | "rows">,
  kinds: Readonly<Record<string, { readonly title: string }>> = COMPARED,
): string {
  const shown = (["commerce", "media", "federated", "pooled"] as const).filter((who) =>
    models.some((model) => model.who === who),
  );
  const tried = Object.entries(kinds).filter(([kind]) =>
    models.some((model) => model.kind === kind),
  );
  const body = shown.map((who) => [
    NAMES[who],
    ...tried.map(([kind]) => {
      const model = find(models, who, kind);
      if (model === undefined) return "";
      const auc = mean(labels.map((label) => model.test[label]?.auc ?? Number.NaN));
      return figure(Number.isNaN(auc) ? null : auc, 4);
    }),
  ]);
  const text = table([{ title: "" }, ...tried.map(([, { title }]) => right(title))], body);
  const notes = [
    ...(shown.includes("media")
      ? ["  * with commerce's labels, which media never has: an oracle, like pooled"]
      : []),
    ...sampleNote(models, rows.train),
  ];
  return [text, ...notes].join("\n");
}

function sampleNote(models: readonly ModelReport[], train: number): string[] {
  const least = Math.min(...models.map(({ trainedRows }) => trainedRows));
  if (least === train) return [];
  return [`  some are trained on a random ${integer(least)} of the training rows`];
}

/** What became of the parties' local models, and what they were trained on. */
export function localSection({ local, engine }: ResultDocument): string {
  const lines = (["media", "commerce"] as const).flatMap((side) => {
    const report = local[side];
    return report === undefined ? [] : [paragraph(`${side}: ${localLine(report)}`)];
  });
  return [...lines, ...engineLines(engine)].join("\n");
}

function localLine(report: LocalReport | null): string {
  if (report === null) return "its own columns as they are prepared";
  const { columns, beside, objective, labels, rows, epochs } = report;
  const what = `${plural(columns, "column")} of a local model`;
  const towards = {
    labels: labels.join(", "),
    reconstruction: "its own columns",
    both: `${labels.join(", ")} and its own columns`,
  }[objective];
  return (
    `${beside > 0 ? `${plural(beside, "prepared column")} and ${what}` : what}, ` +
    `trained for ${plural(epochs, "epoch")} on ${integer(rows)} own rows towards ${towards}`
  );
}

/** What models in the clear were computed on, and how to get the faster engine. */
export function engineLines({ name, version, note }: ResultDocument["engine"]): string[] {
  const which = `  models in the clear: TensorFlow.js ${version}, ${name} engine`;
  return note === undefined ? [which] : [which, "  `npm run tensorflow` installs the faster one"];
}

const find = (models: readonly ModelReport[], who: Who, kind: string): ModelReport | undefined =>
  models.find((model) => model.who === who && model.kind === kind);

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
