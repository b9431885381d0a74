import type { AttackOutcome, UnitResult } from "@moongate/lab";
import { METRICS } from "./findings/metrics.ts";
import { attackKey } from "./findings/findings.ts";

type Cell = string | number | undefined;

const PLAIN: Readonly<Record<string, (result: UnitResult) => Cell>> = {
  id: ({ unit }) => unit.id,
  data: ({ unit }) => unit.data,
  seed: ({ unit }) => unit.seed,
  protocol: ({ unit }) => unit.protocol,
  model: ({ unit }) => unit.model,
  defence_place: ({ unit }) => unit.defence?.place,
  defence_kind: ({ unit }) => unit.defence?.kind,
  defence: ({ unit }) => unit.defence?.title,
  strength: ({ unit }) => unit.defence?.strength ?? undefined,
  epsilon: ({ unit }) => unit.epsilon,
  control: ({ unit }) => unit.control,
  status: ({ status }) => status,
  error: ({ error }) => error?.code,
  cause: ({ error }) => error?.cause,
  rows_train: ({ rows }) => rows.train,
  rows_validation: ({ rows }) => rows.validation,
  rows_test: ({ rows }) => rows.test,
  rate: ({ rate }) => rate,
  overlap: ({ overlap }) => overlap,
  best_auc: ({ best }) => best,
  disclosures: ({ disclosures }) => disclosures,
  rounds: ({ costs }) => costs?.rounds,
  steps: ({ costs }) => costs?.steps,
  bytes: ({ costs }) => costs?.bytes,
  seconds: ({ costs }) => costs?.seconds,
  proven_epsilon: ({ dp }) => dp?.epsilon,
  delta: ({ dp }) => dp?.delta,
  audit_epsilon: ({ audit }) => audit?.epsilon,
  audit_trainings: ({ audit }) => audit?.trainings,
  audit_at_least: ({ audit }) => audit?.atLeast,
  audit_gaussian_at_least: ({ audit }) => audit?.gaussianAtLeast,
  audit_quarter_noise: ({ audit }) => audit?.controls.quarter.gaussianAtLeast,
  audit_no_noise: ({ audit }) => audit?.controls.none.gaussianAtLeast,
};

/** One line a unit; a column for every metric and for every attack that any unit has. */
export function csv(results: readonly UnitResult[]): string {
  const attacks = [...new Set(results.flatMap((result) => result.attacks.map(attackKey)))];
  const columns: [string, (result: UnitResult) => Cell][] = [
    ...Object.entries(PLAIN),
    ...(["validation", "test"] as const).flatMap((place) =>
      METRICS.map(({ key }): [string, (result: UnitResult) => Cell] => [
        `${place}_${key}`,
        (result) => result[place]?.[key],
      ]),
    ),
    ...attacks.flatMap((attack) => attackColumns(attack, results)),
  ];
  const lines = [
    columns.map(([name]) => name),
    ...results.map((result) => columns.map(([, read]) => read(result))),
  ];
  return lines.map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("");
}

function attackColumns(
  attack: string,
  results: readonly UnitResult[],
): [string, (result: UnitResult) => Cell][] {
  const name = attack.replaceAll(/[^a-z0-9]+/g, "_");
  const of = (result: UnitResult): AttackOutcome | undefined =>
    result.attacks.find((outcome) => attackKey(outcome) === attack);
  const isMembership = results.some((result) => of(result)?.target === "membership");
  const hasRates = results.some((result) => of(result)?.details?.["tpr 1%"] !== undefined);
  const detail = (column: string, key: string): [string, (result: UnitResult) => Cell] => [
    `${column}_${name}`,
    (result) => of(result)?.details?.[key],
  ];
  return [
    [`leak_${name}`, (result) => of(result)?.leak?.mean],
    [`leak_error_${name}`, (result) => of(result)?.leak?.error],
    [`leak_freedom_${name}`, (result) => of(result)?.leak?.freedom],
    [`leak_q95_${name}`, (result) => of(result)?.leak?.q95],
    [`excess_${name}`, (result) => of(result)?.excess],
    [`control_${name}`, (result) => of(result)?.control?.mean],
    ...(isMembership ? [] : [detail("r2", "r2")]),
    ...(isMembership || hasRates
      ? [detail("tpr_at_fpr_0.1pc", "tpr 0.1%"), detail("tpr_at_fpr_1pc", "tpr 1%")]
      : []),
  ];
}

/** A cell quoted by RFC 4180. */
function quoted(cell: Cell): string {
  const text = String(cell ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
