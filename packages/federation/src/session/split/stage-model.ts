import { hasHidden, MODELS } from "@moongate/catalogue";
import { type Engine, type SplitPlan, trainSplitInOneProcess } from "@moongate/learning";
import type { StageModel } from "@moongate/defences";
import { finite } from "./finite.ts";
import type { OwnTable } from "./rows.ts";

const NOTHING = new Float32Array();

/** The plan's network on commerce's columns alone, trained on some rows to score others. */
export function stageModel(
  engine: Engine,
  plan: SplitPlan,
  own: OwnTable,
  seed: string,
): StageModel {
  return async (train, predict, count) => {
    const stage = { ...plan, labels: count };
    const network = await trainSplitInOneProcess({
      engine,
      plan: hasHidden(MODELS[plan.kind]) ? stage : { ...stage, hidden: count },
      rows: train.rows.length,
      media: { features: NOTHING, cols: 0 },
      commerce: { features: own.gather(train.rows), cols: own.cols, seed },
      targets: train.targets,
      // It is made of labels: how it went is nobody's to learn.
      onRunaway: () => undefined,
    });
    const logits = finite(network.predict(NOTHING, own.gather(predict), predict.length));
    return logits.map((logit) => 1 / (1 + Math.exp(-logit)));
  };
}
