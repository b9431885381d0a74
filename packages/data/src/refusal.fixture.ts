import { MoongateError } from "@moongate/errors";
import { expect } from "vitest";

/** The refusal that `act` ends in; fails the test if it does not refuse. */
export async function refusal(act: () => unknown): Promise<MoongateError> {
  let thrown: unknown;
  try {
    await act();
  } catch (caught) {
    thrown = caught;
  }
  expect(thrown).toBeInstanceOf(MoongateError);
  return thrown as MoongateError;
}
