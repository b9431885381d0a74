import type { ReleasedModel } from "../attacks/features/released-model.ts";
import { releasedModelAttacks } from "../attacks/features/all.ts";
import type { Truth } from "../attacks/attack.ts";
import type { View } from "@moongate/views";
import { type Attempt, scored } from "../suite/attempt.ts";
import { fewColumns } from "./few-columns.ts";

/**
 * What commerce makes of the trained model if it is given out: media's columns from the scores it is
 * entitled to. No protection of training bears on it, so each attack brings its own control.
 *
 * @param view commerce's. @param truth media's columns.
 */
export function releasedAttempts(view: View, truth: Truth, model: ReleasedModel): Attempt[] {
  return releasedModelAttacks.map((onModel) => {
    const attack = onModel.on(model);
    const attempt: Attempt = {
      ...{ attack, adversary: attack.about.adversary },
      async run(seed) {
        const result = await scored(attack, view, truth, { seed });
        if (!result.applicable) return { attempt, result };
        const few = await fewColumns(view, truth, model);
        const control = few && (await onModel.on(few.model).run(few.view, few.truth, { seed }));
        return { attempt, result, control };
      },
    };
    return attempt;
  });
}
