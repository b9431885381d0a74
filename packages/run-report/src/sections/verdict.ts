import { LEAST_OF_A_CLASS, type LabelJoining } from "@moongate/campaign";
import { aucLine } from "../charts/auc-line.ts";
import type { LabelRun, RunModel } from "../model/run.ts";
import { type Content, fixed, html, integer, type Markup, percent, signed } from "@moongate/text";
import type { Say } from "../words/words.ts";
import { answer } from "./answer.ts";
import { gainText } from "./gain-text.ts";
import { chartKey } from "./key.ts";
import { figure, note, type Section } from "./section.ts";
import { table } from "./table.ts";
import { tiles } from "./tiles.ts";

/** The first screen: is joining worth it, in words, in a few figures and in one picture. */
export function verdictSection(run: RunModel, say: Say): Section {
  const [first] = run.labels;
  const words =
    first === undefined
      ? ""
      : html`<p class="answer">${answer(first, say)}</p>${why(run, first, say)}`;
  return {
    key: "section.verdict",
    body: html`${words}${tiles(run, say)}${aucFigure(run, say)}${labelsTable(run, say)}${notes(run, say)}`,
  };
}

function why(run: RunModel, { name, worth }: LabelRun, say: Say): Content {
  if (worth === undefined) return "";
  const sentences = doubts(worth, say) ?? [
    ...gainSentences(run, name, worth, say),
    ...moneySentence(run, worth, say),
    ...overlapSentence(run, worth.breakEven, say),
  ];
  return html`<p>${sentences.join(say.language === "zh" ? "" : " ")}</p>`;
}

/** What stands in the way of any verdict; nothing if nothing does. */
function doubts({ verdict, classes, suspects, auc }: LabelJoining, say: Say): string[] | undefined {
  if (verdict === "too few" && classes !== undefined) {
    const { positives, negatives } = classes;
    return [say("verdict.too-few-why", { positives, negatives, least: LEAST_OF_A_CLASS })];
  }
  if (verdict === "suspect column") {
    const named = suspects.map(({ column, auc: own }) =>
      say("verdict.suspect-column", { column, auc: own.toFixed(3) }),
    );
    return [say("verdict.suspect-why", { columns: named.join(", ") })];
  }
  const alike = auc.gain.interval === undefined && auc.gain.mean === 0;
  return alike ? [say("verdict.alike")] : undefined;
}

function gainSentences(run: RunModel, label: string, { auc }: LabelJoining, say: Say): string[] {
  if (auc.gain.interval === undefined) return [];
  const [low, high] = auc.gain.interval;
  return [
    say(auc.gain.mean < 0 ? "verdict.loss" : "verdict.gain", {
      rows: integer(run.result?.joining?.testRows ?? 0),
      label,
      gain: fixed(Math.abs(auc.gain.mean), 4),
      low: signed(low, 4),
      high: signed(high, 4),
    }),
    ...(low <= 0 && high >= 0 ? [say("verdict.zero")] : []),
  ];
}

function moneySentence(run: RunModel, { money }: LabelJoining, say: Say): string[] {
  const campaign = run.result?.joining?.campaign;
  if (money === undefined) return [say("verdict.no-money")];
  const { net } = money;
  if (campaign === undefined || net.interval === undefined) return [];
  const [low, high] = net.interval;
  return [
    say("verdict.money", {
      budget: integer(campaign.budget),
      click: fixed(campaign.costPerClick, 2),
      net: signed(net.mean, 0),
      low: signed(low, 0),
      high: signed(high, 0),
    }),
  ];
}

function overlapSentence(run: RunModel, breakEven: LabelJoining["breakEven"], say: Say): string[] {
  const at = breakEven?.at ?? null;
  const here = run.result?.joining?.overlap;
  if (at === null || at > 1 || here === undefined) return [];
  return [say("verdict.overlap", { share: percent(at), here: percent(here) })];
}

function aucFigure({ labels }: RunModel, say: Say): Content {
  const rows = labels.map(({ name, auc }) => ({ name, ...auc }));
  if (!rows.some(({ joint }) => joint !== undefined)) return "";
  const figures = rows.map(
    ({ name, alone, joint }) => `${name} ${alone?.toFixed(4) ?? "?"} → ${joint?.toFixed(4) ?? "?"}`,
  );
  const picture = aucLine(rows, {
    describe: say("chart.auc-of", { figures: figures.join("; ") }),
    x: say("axis.auc"),
  });
  const who = (["alone", "joint", "pooled", "best"] as const).filter((each) =>
    rows.some((row) => row[each] !== undefined),
  );
  const key = chartKey(who.map((each) => [each, say(`who.${each}`)]));
  return html`<div class="charts">${figure(say("chart.auc"), html`${key}${picture}`)}</div>`;
}

/** All labels beside each other, where there are several. */
function labelsTable({ labels }: RunModel, say: Say): Content {
  const known = labels.filter(({ worth }) => worth !== undefined);
  if (known.length < 2) return "";
  const columns = [
    { title: say("verdict.label") },
    { title: say("verdict.gain-title"), numeric: true },
    { title: say("verdict.net-title"), numeric: true },
    { title: say("verdict.answer") },
  ];
  const rows = known.map((label): Content[] => [
    html`<code>${label.name}</code>`,
    gainText(label.worth?.auc.gain, 4, say),
    gainText(label.worth?.money?.net, 0, say),
    answer(label, say),
  ]);
  return html`<h3>${say("verdict.table")}</h3>${table(columns, rows)}`;
}

function notes({ result, plan }: RunModel, say: Say): Markup[] {
  const joining = result?.joining;
  const basis =
    joining === undefined ? [] : [say("verdict.basis", { kind: say(`model.${joining.alone}`) })];
  const noise = plan.dp === undefined ? [] : [noiseWords(plan.dp, say)];
  return [...noise, ...basis].map(note);
}

const noiseWords = ({ epsilon, delta }: NonNullable<RunModel["plan"]["dp"]>, say: Say): string =>
  say("verdict.dp", { epsilon, delta });
