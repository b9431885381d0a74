import { SINE_BITS } from "@moongate/mpc";
import { input, keep, periodic, sineForward } from "@moongate/mpc/lessons";
import { at } from "@moongate/errors";
import type { Program } from "./lesson.ts";

/** Fractional bits of a turn, as hidden units have them. */
export const TURN_BITS = 24;
/** Fractional bits of the public sines and of the dealt ones, where precision is to be seen. */
const FACTOR_BITS = 12;

/** sin(2πu) of shared numbers of turns, in one round. */
export const sineOf =
  (turns: Float64Array): Program =>
  async (machine, _inputs, notes) => {
    const u = await machine.step(() => input(machine, 1, turns.length, TURN_BITS, turns));
    notes.setAside("u", u);
    return machine.step(async () => {
      const operation = periodic(
        u,
        [{ constant: 0, sine: Float64Array.of(1), cosine: Float64Array.of(0) }],
        { periodLog2: 0, publicBits: FACTOR_BITS, dealtBits: FACTOR_BITS },
      );
      notes.declare(operation.cost);
      const [results] = await machine.round(operation);
      return keep(machine, at(results, 0));
    });
  };

/** A hidden layer of sines and the weights on top, as in every step of the network: one round too. */
export const hiddenLayer =
  (turns: Float64Array, rows: number, weights: Float64Array): Program =>
  async (machine, _inputs, notes) => {
    const units = weights.length;
    const { u, w } = await machine.step(async () => ({
      u: await input(machine, rows, units, TURN_BITS, turns),
      w: await input(machine, units, 1, SINE_BITS.output, weights),
    }));
    return machine.step(async () => {
      const operation = sineForward(u, w, SINE_BITS.layer);
      notes.declare(operation.cost);
      const [layer] = await machine.round(operation);
      return keep(machine, layer.output);
    });
  };
