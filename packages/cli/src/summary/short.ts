import { joiningWords } from "@moongate/campaign";
import type { ResultDocument } from "@moongate/results";
import { wrapped } from "@moongate/text";
import type { Colours } from "../terminal/io.ts";
import { bytes, duration, integer, plural } from "@moongate/text";
import { defendedBy } from "./defences.ts";
import { joiningOf } from "./joining.ts";
import { table } from "./table.ts";

/** Labels that one screen has room for. */
const MOST_LABELS = 6;
const WIDTH = 96;

/** A result on one screen: rows, AUC between floor and ceiling, the verdict, cost, disclosures. */
export function shortSummary(result: ResultDocument, colours: Colours): string {
  const sections: [string, string[]][] = [
    ["Rows", [rowsLine(result)]],
    ["Test AUC", aucLines(result)],
    ["Is joining worth it?", verdictLines(result)],
    ["Cost", [costLine(result)]],
    ["Disclosed on purpose", [disclosedLine(result)]],
  ];
  return [
    `${headline(result)}\n`,
    ...sections.map(([title, lines]) => `${colours.bold(title)}\n${lines.join("\n")}\n`),
  ].join("\n");
}

const lines = (text: string): string =>
  wrapped(text, WIDTH)
    .map((line) => `  ${line}`)
    .join("\n");

function headline({ protocol, model, defence, dp, seed }: ResultDocument): string {
  return [
    `${protocol} ${model.kind} model`,
    ...(defence === undefined ? [] : [`defended by ${defendedBy(defence)}`]),
    ...(dp === undefined ? [] : [`epsilon ${dp.epsilon}`]),
    plural(model.epochs, "epoch"),
    `seed ${seed}`,
  ].join(", ");
}

function rowsLine({ rows }: ResultDocument): string {
  const { media, commerce, aligned, train, validation, test } = rows;
  return lines(
    `${integer(aligned)} users matched, of ${integer(media)} at media and ${integer(commerce)} at ` +
      `commerce: ${integer(train)} to train, ${integer(validation)} to validate, ${integer(test)} to test`,
  );
}

function aucLines({ labels, auc, joining, models }: ResultDocument): string[] {
  const own = (label: string) => (Object.hasOwn(auc, label) ? auc[label] : undefined);
  const worth = (label: string) =>
    joining !== undefined && Object.hasOwn(joining.labels, label)
      ? joining.labels[label]
      : undefined;
  const boosted = models.find(({ who, kind }) => who === "pooled" && kind === "boosting");
  const columns: [string, (label: string) => number | null | undefined][] = [
    ["commerce alone", (label) => worth(label)?.auc.alone ?? own(label)?.commerceOnly],
    ["joint", (label) => own(label)?.federated],
    ["pooled (ceiling)", (label) => own(label)?.pooled],
    ["pooled boosting", (label) => boosted?.test[label]?.auc],
    ["best possible", (label) => own(label)?.best],
  ];
  const known = columns.filter(([, read]) =>
    labels.some((label) => typeof read(label) === "number"),
  );
  const shown = labels.slice(0, MOST_LABELS);
  const left = labels.length - shown.length;
  return [
    table(
      [{ title: "", wrap: 30 }, ...known.map(([title]) => ({ title, align: "right" as const }))],
      shown.map((label) => [label, ...known.map(([, read]) => read(label)?.toFixed(4) ?? "–")]),
    ),
    ...(left > 0 ? [lines(`and ${plural(left, "label")} more, in the report`)] : []),
  ];
}

function verdictLines(result: ResultDocument): string[] {
  const { joining, labels } = result;
  if (joining === undefined) return ["  commerce has no model of its own to compare with"];
  const [first = "", ...others] = labels;
  const told = joiningOf(result, joining, first);
  if (told === undefined) return [];
  const { answer, why } = joiningWords(told);
  const rest = others.slice(0, MOST_LABELS - 1).flatMap((label) => {
    const other = joiningOf(result, joining, label);
    return other === undefined ? [] : [`${label}: ${joiningWords(other).answer}`];
  });
  return [
    lines(`${first === "" ? "" : `${first}: `}${answer}. ${why}`),
    ...rest.map(lines),
    ...losingTrade(result),
  ];
}

/** Options that cost more than joining brings are named beside the figures of the trained model. */
function losingTrade({ dp, defence, joining, labels }: ResultDocument): string[] {
  const asked =
    dp === undefined
      ? defence === undefined
        ? undefined
        : "this defence"
      : `epsilon ${dp.epsilon}`;
  if (asked === undefined || joining === undefined) return [];
  const lost = labels.filter((label) => {
    const auc = Object.hasOwn(joining.labels, label) ? joining.labels[label]?.auc : undefined;
    return auc !== undefined && auc.joint <= auc.alone;
  });
  if (lost.length === 0) return [];
  return [
    lines(
      `With ${asked} the joint model is no better than commerce alone for ${lost.join(", ")}: the noise ` +
        "costs more than joining brings. More rows or less noise may turn that; else do not join.",
    ),
  ];
}

function costLine({ traffic, seconds, memory }: ResultDocument): string {
  const { total = 0, report = 0 } = seconds;
  return lines(
    `${bytes(traffic.bytes)} over the network in ${plural(traffic.rounds, "round")}, ` +
      `${duration(Math.max(0, total - report))}, at most ${bytes(Math.max(...Object.values(memory)))} of memory a process`,
  );
}

function disclosedLine({ disclosures, protocol }: ResultDocument): string {
  const things = [...new Set(disclosures.map(({ what }) => what.replace(/ after epoch \d+$/, "")))];
  const split =
    protocol === "split" ? " What embeddings and gradients tell, `moongate attack` measures." : "";
  return lines(`${plural(disclosures.length, "ledger line")}: ${things.join("; ")}.${split}`);
}
