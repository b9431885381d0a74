import { type ErrorCode, MoongateError, nearest } from "@moongate/errors";
import { z } from "zod";

/**
 * A value that satisfies the schema.
 * @param what names the whole in the refusal: "media.toml", "a control message".
 * @throws MoongateError of that code, naming the key and, for an unknown one, the nearest known.
 *   The value itself is never quoted: it may be private.
 */
export function checked<S extends z.ZodType>(
  schema: S,
  value: unknown,
  code: ErrorCode,
  what: string,
): z.output<S> {
  const outcome = schema.safeParse(value);
  if (outcome.success) return outcome.data;
  const { issues } = outcome.error;
  // a misspelt key is two issues, one missing and one unknown: the second says what to mend
  const unknown = issues.find((each) => each.code === "unrecognized_keys");
  if (unknown !== undefined) throw unknownKey(schema, unknown, code, what);
  const [issue] = issues;
  const path = pathText(issue?.path ?? []);
  const reason = (issue?.message ?? "is invalid").replace(/^Invalid input: |\.$/g, "");
  const place = path === "" ? what : `${what}: "${path}"`;
  throw new MoongateError(code, `${place}: ${reason}`, { details: { key: path } });
}

function unknownKey(
  schema: z.ZodType,
  issue: z.core.$ZodIssueUnrecognizedKeys,
  code: ErrorCode,
  what: string,
): MoongateError {
  const [key = ""] = issue.keys;
  const known = knownKeys(schema, issue.path);
  const meant = nearest(key, known);
  const hint =
    meant === undefined ? `known keys are ${known.join(", ")}` : `did you mean "${meant}"`;
  const where = pathText([...issue.path, key]);
  return new MoongateError(code, `${what} has an unknown key "${where}"`, {
    ...(code === "CONFIG_INVALID" ? { cure: `Remove or rename the key: ${hint}?` } : {}),
    details: { key: where, meant },
  });
}

function pathText(path: readonly PropertyKey[]): string {
  return path.map(String).join(".");
}

/** The keys an object schema knows at a path, as far as the schema can be walked. */
function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  let current: unknown = unwrapped(schema);
  for (const key of path) {
    if (current instanceof z.ZodObject) current = unwrapped(current.shape[String(key)]);
    else if (current instanceof z.ZodArray) current = unwrapped(current.element);
    else return [];
  }
  if (current instanceof z.ZodObject) return Object.keys(current.shape);
  if (current instanceof z.ZodDiscriminatedUnion) {
    return [
      ...new Set(
        current.options.flatMap((option) =>
          option instanceof z.ZodObject ? Object.keys(option.shape) : [],
        ),
      ),
    ];
  }
  return [];
}

function unwrapped(schema: unknown): unknown {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodNullable
  ) {
    return unwrapped(schema.unwrap());
  }
  return schema;
}
