import type { ModelReport } from "@moongate/results";

/**
 * What commerce would use without anybody: of its kinds of model alone the one with the best AUC on
 * validation rows, mean over labels. Test rows have no say. Nothing where all of them diverged.
 */
export function strongestAlone(models: readonly ModelReport[]): ModelReport | undefined {
  const alone = models.filter(({ who }) => who === "commerce");
  const best = Math.max(...alone.map(validationAuc));
  return alone.find((model) => validationAuc(model) === best);
}

function validationAuc({ validation }: ModelReport): number {
  const all = Object.values(validation);
  return all.reduce((sum, { auc }) => sum + auc, 0) / all.length;
}
