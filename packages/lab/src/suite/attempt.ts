import type { Adversary, Attack, AttackResult, Truth } from "../attacks/attack.ts";
import type { View } from "@moongate/views";

/** One attack of the suite on one adversary's view. */
export interface Attempt {
  readonly attack: Attack;
  /** Who attacks: the process whose view it is, or those who put theirs together. */
  readonly adversary: Adversary;
  readonly known?: number | undefined;
  /** @param seed all that is random. */
  run(seed: string): Promise<Attempted>;
}

/** What an attempt came to, beside its supervised control where it has one. */
export interface Attempted {
  readonly attempt: Attempt;
  readonly result: AttackResult;
  /** A model with the same known facts and no use of what came. */
  readonly supervised?: AttackResult | undefined;
  /** The same attack where it must succeed, if that is no session of its own. */
  readonly control?: AttackResult | undefined;
}

/** An attack on features, where there is something to score it by. */
export async function scored(
  attack: Attack,
  view: View,
  truth: Truth,
  options: { readonly seed: string; readonly known?: number | undefined },
): Promise<AttackResult> {
  const { about } = attack;
  if (about.target === "features" && truth.features === undefined) {
    const why = "the true columns are not there to score it by";
    return { about, applicable: false, why, leak: undefined, steps: 0 };
  }
  return attack.run(view, truth, options);
}
