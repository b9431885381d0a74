import { at } from "@moongate/errors";
import type { Unit, UnitResult } from "@moongate/lab";

/** One cell of the grid with all its seeds. */
export interface Setting {
  readonly key: string;
  /** The setting without the model: "split", "Marvell, s = 4", "masked, ε = 4". */
  readonly name: string;
  /** The setting with the model. */
  readonly title: string;
  /** One unit of the setting, whatever its seed. */
  readonly unit: Unit;
  /** Finished units, by order of their seeds. */
  readonly done: readonly UnitResult[];
  /** Diverged and failed ones. */
  readonly lost: readonly UnitResult[];
}

/** All of one table. */
export interface TableResults {
  readonly data: string;
  readonly settings: readonly Setting[];
}

/**
 * Results by table, in order of first appearance, and by setting in the order of reading; audits
 * apart.
 */
export function tablesOf(results: readonly UnitResult[]): TableResults[] {
  const trained = results.filter(({ unit }) => unit.control !== "canary");
  const tables = [...new Set(trained.map(({ unit }) => unit.data))];
  return tables.map((data) => ({
    data,
    settings: settingsOf(trained.filter(({ unit }) => unit.data === data)),
  }));
}

function settingsOf(results: readonly UnitResult[]): Setting[] {
  const groups = new Map<string, UnitResult[]>();
  for (const result of results) {
    const key = keyOf(result.unit);
    groups.set(key, [...(groups.get(key) ?? []), result]);
  }
  return [...groups].flatMap(([key, group]) => settingOf(key, group)).toSorted(inReadingOrder);
}

function settingOf(key: string, group: readonly UnitResult[]): Setting[] {
  const unit = group[0]?.unit;
  if (unit === undefined) return [];
  const name = nameOf(unit);
  const sorted = group.toSorted((a, b) => a.unit.seed.localeCompare(b.unit.seed, "en"));
  return [
    {
      key,
      name,
      title: `${name}, ${unit.model}`,
      unit,
      done: sorted.filter(({ status }) => status === "done"),
      lost: sorted.filter(({ status }) => status !== "done"),
    },
  ];
}

/** Protocols from the least to the most protected, defences by place and strength. */
export function inReadingOrder(a: Setting, b: Setting): number {
  return compare(rank(a.unit), rank(b.unit));
}

/** All that decides a unit but its seed. */
function keyOf({ data, protocol, model, defence, epsilon, control }: Unit): string {
  const { place, kind, title } = defence ?? {};
  return JSON.stringify([data, protocol, model, place, kind, title, epsilon, control]);
}

const CONTROLS: Readonly<Record<Exclude<Unit["control"], "none">, string>> = {
  "masks-off": "masks off (control)",
  coordinator: "masked, curious coordinator",
  "coordinator+media": "masked, coordinator with media",
  "coordinator+commerce": "masked, coordinator with commerce",
  canary: "canary audit",
};

function nameOf({ protocol, defence, epsilon, control }: Unit): string {
  if (control !== "none") return CONTROLS[control];
  if (epsilon !== undefined) return `masked, ε = ${epsilon}`;
  if (defence !== undefined) return defence.title;
  if (protocol === "local") return "commerce alone";
  return protocol;
}

const PROTOCOLS = ["local", "pooled", "split", "masked"];
const PLACES = [undefined, "labels", "gradient", "embedding"];
const WHO = ["none", "masks-off", "coordinator", "coordinator+media", "coordinator+commerce"];

function rank({ protocol, model, defence, epsilon, control }: Unit): (number | string)[] {
  return [
    PROTOCOLS.indexOf(protocol),
    WHO.indexOf(control),
    PLACES.indexOf(defence?.place),
    defence?.kind ?? "",
    defence?.strength ?? 0,
    defence?.title ?? "",
    -(epsilon ?? Infinity),
    model,
  ];
}

function compare(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  for (const [index, left] of a.entries()) {
    const right = at(b, index);
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}
