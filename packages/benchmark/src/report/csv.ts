import type { AttackOutcome, UnitResult } from "../grid/unit.ts";
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
  epsilon_lower_bound: ({ dp }) => dp?.lowerBound,
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
    ...attacks.flatMap((attack) => attackColumns(attack)),
  ];
  const lines = [
    columns.map(([name]) => name),
    ...results.map((result) => columns.map(([, read]) => read(result))),
  ];
  return lines.map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("");
}

function attackColumns(attack: string): [string, (result: UnitResult) => Cell][] {
  const name = attack.replaceAll(/[^a-z0-9]+/g, "_");
  const of = (result: UnitResult): AttackOutcome | undefined =>
    result.attacks.find((outcome) => attackKey(outcome) === attack);
  return [
    [`leak_${name}`, (result) => of(result)?.leak?.mean],
    [`leak_error_${name}`, (result) => of(result)?.leak?.error],
    [`leak_freedom_${name}`, (result) => of(result)?.leak?.freedom],
    [`leak_q95_${name}`, (result) => of(result)?.leak?.q95],
    [`excess_${name}`, (result) => of(result)?.excess],
    [`r2_${name}`, (result) => of(result)?.details?.["r2"]],
  ];
}

/** As RFC 4180 has it. */
function quoted(cell: Cell): string {
  const text = String(cell ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
