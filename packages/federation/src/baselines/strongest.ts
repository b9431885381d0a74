import type { ModelReport } from "@moongate/results";

/**
 * The model commerce would use without a partner: its own kind with the best AUC on validation rows,
 * mean over labels. Test rows have no say. Undefined where all kinds diverged.
 */
export function strongestAlone(models: readonly ModelReport[]): ModelReport | undefined {
  const alone = models.filter(({ who }) => who === "commerce");
  const best = Math.max(...alone.map(validationAuc));
  return alone.find((model) => validationAuc(model) === best);
}

function validationAuc({ validation }: ModelReport): number {
  const all = Object.values(validation);
  return all.reduce((sum, { auc }) => sum + (auc ?? 0.5), 0) / all.length;
}
