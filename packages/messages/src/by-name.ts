import { z } from "zod";

/**
 * A record whose keys are names that users choose, such as labels and columns. It has no prototype,
 * so that a label called `__proto__` or `constructor` is a key like any other; zod's own record
 * leaves such a key out.
 */
export function byName<Value extends z.ZodType>(value: Value) {
  return z.unknown().transform((given, context): Readonly<Record<string, z.output<Value>>> => {
    if (typeof given !== "object" || given === null || Array.isArray(given)) {
      context.addIssue({ code: "custom", message: "is not an object" });
      return z.NEVER;
    }
    const entries = Object.entries(given).flatMap(([name, each]) => {
      const parsed = value.safeParse(each);
      if (parsed.success) return [[name, parsed.data] as const];
      for (const { message, path } of parsed.error.issues) {
        context.addIssue({ code: "custom", message, path: [name, ...path] });
      }
      return [];
    });
    return recordOf(entries);
  });
}

/** A record without a prototype, of names that users choose. */
export function recordOf<T>(
  entries: Iterable<readonly [name: string, value: T]>,
): Readonly<Record<string, T>> {
  const record = Object.create(null) as Record<string, T>;
  for (const [name, value] of entries) record[name] = value;
  return record;
}
