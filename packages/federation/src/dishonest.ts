/**
 * What a dishonest media learns from instead of the gradients of its own layers, every step of a
 * split training. Commerce cannot tell: the step changes nothing but media's own weights.
 *
 * Parties are taken to be semi-honest, and this is outside of that: it is there for the privacy
 * lab, to show what the assumption is worth. No plan and no configuration reaches it; only code
 * that calls `runParty` passes one, once a session, and the session's view is marked with
 * `own/dishonest`.
 *
 * @param gradients of each layer, the first first: (inputs + 1) × outputs, the bias last, summed
 *   over the rows of the batch.
 * @returns the same shapes.
 */
export type Dishonesty = (gradients: readonly Float32Array[]) => readonly Float32Array[];
