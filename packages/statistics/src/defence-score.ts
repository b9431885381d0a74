/** What a defended run is judged by. */
export interface DefenceOutcome {
  /** The attacker's performance on the defended run. */
  readonly attack: number;
  /** The main task's performance, defended and not. */
  readonly main: number;
  readonly undefendedMain: number;
  /** Weight of what the main task loses against what the attack gains, 0 to 1. */
  readonly beta?: number;
}

/**
 * The defence capability score of VFLAIR (Zou et al., ICLR 2024, arXiv 2310.09827): 1 is an attack
 * without success and a main task without loss,
 * 1 / (1 + √((1−β) max(AP − AP*, 0)² + β max(MP* − MP, 0)²)), with AP* = 0 and MP* undefended.
 *
 * With an AUC as performance an attack at chance has 1/2, and the score of a perfect defence is .739:
 * report {@link chanceAnchoredScore} beside it.
 */
export function defenceScore(outcome: DefenceOutcome): number {
  return score(outcome, 0);
}

/** {@link defenceScore} with an AUC's chance, 1/2, as the attack's ideal performance AP*. */
export function chanceAnchoredScore(outcome: DefenceOutcome): number {
  return score(outcome, 0.5);
}

function score({ attack, main, undefendedMain, beta = 0.5 }: DefenceOutcome, ideal: number) {
  const gained = Math.max(attack - ideal, 0);
  const lost = Math.max(undefendedMain - main, 0);
  return 1 / (1 + Math.sqrt((1 - beta) * gained ** 2 + beta * lost ** 2));
}
