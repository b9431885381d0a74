import { join } from "node:path";
import { MoongateError } from "@moongate/errors";
import { z } from "zod";
import { Register, type RegisterKind } from "./register.ts";

const countSchema = z.number().int().min(0);
type Used = Readonly<Record<string, { readonly sessions: number; readonly rows: number }>>;
const kind: RegisterKind<Used> = {
  kind: "predictions",
  schema: z.record(z.string(), z.strictObject({ sessions: countSchema, rows: countSchema })),
  empty: {},
};

/**
 * Counts a prediction session and its rows against what media permits for the model.
 * @throws SESSION_REFUSED when the permission is used up; nothing is counted then.
 */
export function usePermission(
  folder: string,
  model: string,
  rows: number,
  permitted: { readonly sessions: number; readonly rows: number },
): Promise<void> {
  const register = new Register(join(folder, "predictions.json"), kind);
  return register.update((entries) => {
    const before = entries[model] ?? { sessions: 0, rows: 0 };
    const after = { sessions: before.sessions + 1, rows: before.rows + rows };
    for (const what of ["sessions", "rows"] as const) {
      if (after[what] <= permitted[what]) continue;
      throw new MoongateError(
        "SESSION_REFUSED",
        `media does not agree to more than ${permitted[what]} ${what} of prediction by a model`,
        { cure: "Ask media for a wider permission, or train a new model." },
      );
    }
    return { entries: { ...entries, [model]: after }, answer: undefined };
  });
}
