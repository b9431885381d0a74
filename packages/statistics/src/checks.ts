import { MoongateError } from "@moongate/errors";

/** Refuses privacy parameters outside their domain: an accountant must never guess. */
function refuse(what: string, value: number, must: string): never {
  throw new MoongateError("USAGE", `${what} is ${value}`, { cure: `It must be ${must}.` });
}

/** @throws USAGE */
export function requirePositive(what: string, value: number): void {
  if (!(value > 0 && value < Infinity)) refuse(what, value, "a finite number above 0");
}

/** @throws USAGE */
export function requireNotNegative(what: string, value: number): void {
  if (!(value >= 0 && value < Infinity)) refuse(what, value, "a finite number, 0 or more");
}

/** @throws USAGE */
export function requireCount(what: string, value: number): void {
  if (!(Number.isSafeInteger(value) && value >= 1))
    refuse(what, value, "a whole number, 1 or more");
}

/** @throws USAGE */
export function requireDelta(delta: number): void {
  if (!(delta > 0 && delta < 1)) refuse("δ", delta, "above 0 and below 1");
}

/** @throws USAGE */
export function requireEpsilon(epsilon: number): void {
  if (!(epsilon >= 0 && epsilon < Infinity)) refuse("ε", epsilon, "a finite number, 0 or more");
}

/** @throws USAGE */
export function requireRate(rate: number): void {
  if (!(rate > 0 && rate <= 1)) refuse("the sampling rate", rate, "above 0 and at most 1");
}

/** @throws USAGE */
export function requireOrder(order: number): void {
  if (!(order > 1 && order < Infinity)) refuse("an order", order, "a finite number above 1");
}
