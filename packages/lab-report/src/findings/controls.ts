import type { Verdict } from "@moongate/lab";
import type { Unit } from "@moongate/lab";
import { type Finding, findingsOf } from "./findings.ts";
import { isMasksOff, isSplit } from "./pick.ts";
import type { Setting, TableResults } from "./settings.ts";
import { type Case, settingVerdicts } from "./verdicts.ts";

/** An attack on one setting, judged by its control. */
export interface Judged {
  readonly finding: Finding;
  readonly setting: Setting;
  readonly verdict: Verdict;
  /** What the same attack finds where it must succeed; "itself" on that setting. */
  readonly control: Case["control"];
}

/** All attacks on all settings of a table, computed once. */
export class Attacks {
  readonly #settings: readonly Setting[];
  readonly #judged = new Map<string, Judged[]>();

  constructor({ settings }: TableResults) {
    this.#settings = settings;
    const found = new Map(settings.map((setting) => [setting, findingsOf(setting)]));
    const cells = [...found].flatMap(([setting, findings]) =>
      findings.map((finding) => ({
        ...{ setting, finding },
        control: isOwnControl(setting, finding)
          ? ("itself" as const)
          : (finding.ownControl ?? this.#controlOf(setting, finding, found)?.found),
      })),
    );
    const verdicts = settingVerdicts(cells);
    cells.forEach(({ setting, finding, control }, at) => {
      const judged = { finding, setting, control, verdict: verdicts[at] ?? "undecided" };
      this.#judged.set(setting.key, [...(this.#judged.get(setting.key) ?? []), judged]);
    });
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
    const fits = bareOf(unit);
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

/** The unprotected setting of the same protocol, where attacks must succeed. */
const bareOf = ({ protocol }: Unit): ((unit: Unit) => boolean) =>
  protocol === "masked" ? isMasksOff : isSplit;

/** Those who collude with the coordinator are its own control: what they do with it must succeed. */
function isOwnControl({ unit }: Setting, { adversary }: Finding): boolean {
  return bareOf(unit)(unit) || adversary.startsWith("coordinator+");
}

/** True if a setting stands for that adversary: a curious process, or those corrupt on purpose. */
export function stands(unit: Unit, adversary: string): boolean {
  if (unit.control === "masks-off") return false;
  if (unit.control === "none") return !adversary.includes("+");
  return unit.control === adversary;
}
