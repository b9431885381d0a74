import { type Machine, product, type Shared } from "@moongate/mpc";
import { elementwiseProduct, input, keep, maskColumns } from "@moongate/mpc/lessons";
import { type Lesson, type LessonSecrets, runLesson } from "./lesson.ts";

/** Whole numbers: no fractional bits, so that slips can be worked out by hand. */
const WHOLE = 0;

/** a · b of two shared numbers by Beaver's triple; both are shared first, in a step of their own. */
export const beaverLesson = (a: number, b: number, secrets: LessonSecrets): Promise<Lesson> =>
  runLesson(async (machine, _inputs, notes) => {
    const [left, right] = await machine.step(async () => [
      await input(machine, 1, 1, WHOLE, Float64Array.of(a)),
      await input(machine, 1, 1, WHOLE, Float64Array.of(b)),
    ]);
    notes.setAside("a", left);
    notes.setAside("b", right);
    return inOwnStep(machine, async () => {
      const operation = elementwiseProduct(left, right);
      notes.declare(operation.cost);
      const [result] = await machine.round(operation);
      return result;
    });
  }, secrets);

/** x · w as a session multiplies: x is media's own number, w is shared. */
export const privateTimesShared = (x: number, w: number, secrets: LessonSecrets): Promise<Lesson> =>
  runLesson(
    async (machine, inputs, notes) => {
      const { table, weight } = await machine.step(async () => {
        const columns = machine.columns(1, { media: 1, commerce: 0 }, WHOLE, inputs);
        await machine.round(maskColumns(columns, 0, 1));
        return {
          table: columns,
          weight: await input(machine, 1, 1, WHOLE, Float64Array.of(w)),
        };
      });
      notes.setAside("w", weight);
      return inOwnStep(machine, async () => {
        const operation = product(table, Uint32Array.of(0), weight);
        notes.declare(operation.cost);
        const [result] = await machine.round(operation);
        return result;
      });
    },
    secrets,
    { features: { media: Float64Array.of(x), commerce: new Float64Array() } },
  );

const inOwnStep = (machine: Machine, body: () => Promise<Shared>): Promise<Shared> =>
  machine.step(async () => keep(machine, await body()));
