import { idRuleSchema } from "@moongate/messages";
import { InvalidArgumentError } from "commander";

/** Readers of option values: each says what it wants when it refuses. */

export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER) {
  return (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    const range =
      most === Number.MAX_SAFE_INTEGER ? `from ${least} up` : `from ${least} to ${most}`;
    throw new InvalidArgumentError(`Give a whole number ${range}.`);
  };
}

export function positiveNumber(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError("Give a number above 0.");
}

export function numberFrom(least: number, most: number) {
  return (text: string): number => {
    const value = Number(text);
    if (text.trim() !== "" && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Give a number from ${least} to ${most}.`);
  };
}

/**
 * "a,b" and "a, b" are two names; repeating the option adds more. A name with a comma in it stands
 * in double quotes, as in CSV: "\"bought, yes\",returned" are two names as well.
 */
export function nameList(text: string, before: readonly string[] = []): readonly string[] {
  const parts = (text.match(LISTED) ?? []).filter((part) => part !== "");
  const names = parts.map((part) => {
    const name = part.replace(/,$/, "").trim();
    return /^".*"$/s.test(name) ? name.slice(1, -1).replaceAll('""', '"') : name;
  });
  // a comma at the end promises one name more
  if (parts.join("") !== text || names.includes("") || text.endsWith(",")) {
    throw new InvalidArgumentError(
      "Give names separated by commas; a name with a comma in double quotes: '\"a, b\"'.",
    );
  }
  return [...before, ...names];
}

/** One name with its comma: quoted, or up to the next comma. */
const LISTED = /\s*"(?:[^"]|"")*"\s*(?:,|$)|[^",]*(?:,|$)/g;

/** One id rule, or several composed with a plus sign. */
export function idRule(text: string): string {
  const checked = idRuleSchema.safeParse(text);
  if (checked.success) return checked.data;
  throw new InvalidArgumentError(`It ${checked.error.issues[0]?.message ?? "is no id rule"}.`);
}

export function oneOf<Choice extends string>(...choices: readonly Choice[]) {
  return (text: string): Choice => {
    const chosen = choices.find((choice) => choice === text);
    if (chosen !== undefined) return chosen;
    throw new InvalidArgumentError(`Allowed choices are ${choices.join(", ")}.`);
  };
}
