import { MoongateError } from "./error.ts";
import { systemFault } from "./system-fault.ts";

/**
 * Any thrown thing as a MoongateError: itself if it is one, a fault of the machine by its name, else
 * INTERNAL around it.
 */
export function asMoongateError(thrown: unknown): MoongateError {
  const refusal = systemFault(thrown);
  if (refusal instanceof MoongateError) return refusal;
  const cause = thrown instanceof Error ? thrown.message : String(thrown);
  return new MoongateError("INTERNAL", cause, { cause: thrown });
}
