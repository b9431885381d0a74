import type { Unit } from "../../grid/unit.ts";
import { type Finding, findingsOf } from "./findings.ts";
import { isMasksOff, isSplit } from "./pick.ts";
import type { Setting, TableResults } from "./settings.ts";
import { type SettingVerdict, settingVerdict } from "./verdicts.ts";

/** An attack on one setting, judged by its control. */
export interface Judged {
  readonly finding: Finding;
  readonly setting: Setting;
  readonly verdict: SettingVerdict;
}

/** All attacks on all settings of a table, computed once. */
export class Attacks {
  readonly #settings: readonly Setting[];
  readonly #judged = new Map<string, Judged[]>();

  constructor({ settings }: TableResults) {
    this.#settings = settings;
    const found = new Map(settings.map((setting) => [setting, findingsOf(setting)]));
    for (const [setting, findings] of found) {
      const judged = findings.map((finding) => {
        const control =
          finding.control === undefined
            ? this.#controlOf(setting, finding, found)
            : { ...finding, leak: finding.control };
        return { finding, setting, verdict: settingVerdict(finding, control) };
      });
      this.#judged.set(setting.key, judged);
    }
  }

  on({ key }: Setting): readonly Judged[] {
    return this.#judged.get(key) ?? [];
  }

  all(): readonly Judged[] {
    return this.#settings.flatMap((setting) => this.on(setting));
  }

  /**
   * The same attack on the undefended split, or on the masked protocol with its masks off; of the
   * same kind of model if there is one, else where it succeeds best. What the coordinator alone
   * cannot do must succeed with the same seeds and a party's view.
   */
  #controlOf(
    { unit }: Setting,
    { key, adversary, target }: Finding,
    found: ReadonlyMap<Setting, readonly Finding[]>,
  ): Finding | undefined {
    const fits = unit.protocol === "masked" ? isMasksOff : isSplit;
    const candidates = [...found].flatMap(([setting, findings]) =>
      findings
        .filter((other) =>
          adversary === "coordinator"
            ? other.adversary.startsWith("coordinator+") && other.target === target
            : fits(setting.unit) && other.key === key,
        )
        .map((finding) => ({ setting, finding })),
    );
    const like = candidates.filter(({ setting }) => setting.unit.model === unit.model);
    return (like.length > 0 ? like : candidates)
      .map(({ finding }) => finding)
      .toSorted((a, b) => (b.leak?.mean ?? 0) - (a.leak?.mean ?? 0))[0];
  }
}

/** Whose view a setting stands for: one curious process, or those who are corrupt on purpose. */
export function stands(unit: Unit, adversary: string): boolean {
  if (unit.control === "masks-off") return false;
  if (unit.control === "none") return !adversary.includes("+");
  return unit.control === adversary;
}
