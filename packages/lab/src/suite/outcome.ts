import { excessLeakage } from "../attacks/verdict.ts";
import type { Leak } from "../attacks/attack.ts";
import type { AttackOutcome } from "../grid/unit.ts";
import type { Attempted } from "./attempt.ts";

/** An attempt as a line of results has it. */
export function outcomeOf({ attempt, result, supervised, control }: Attempted): AttackOutcome {
  const { name, title, target } = result.about;
  const { leak, known, details, applicable, why } = result;
  const excess = supervised === undefined ? undefined : excessLeakage(result, supervised);
  return {
    ...{ name, title, adversary: attempt.adversary, target, applicable },
    why,
    known,
    ...(leak === undefined
      ? {}
      : {
          leak: {
            ...{ mean: leak.mean, q95: leak.q95, max: leak.max },
            ...{ low: leak.interval[0], high: leak.interval[1] },
            ...{ error: leak.error, freedom: leak.freedom },
          },
        }),
    ...(supervised?.leak === undefined ? {} : { supervised: measured(supervised.leak) }),
    ...(control?.leak === undefined ? {} : { control: measured(control.leak) }),
    excess,
    ...(details === undefined ? {} : { details: finite(details) }),
  };
}

const measured = ({ mean, error, freedom }: Leak): NonNullable<AttackOutcome["supervised"]> => ({
  ...{ mean, error, freedom },
});

/** JSON has no infinities. */
const finite = (details: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(details).filter(([, value]) => Number.isFinite(value)));
