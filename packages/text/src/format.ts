/** Numbers as people read them, the same in every locale. */

const MINUS = "\u2212";

/** 0.93126 to 4 places is "0.9313"; negative numbers have a true minus sign. */
export function fixed(value: number, places: number): string {
  const text = Math.abs(value).toFixed(places);
  return value < 0 && Number(text) !== 0 ? `${MINUS}${text}` : text;
}

/** "+0.0312" and "−0.0004". */
export function signed(value: number, places: number): string {
  const text = fixed(value, places);
  return text.startsWith(MINUS) || Number(text) === 0 ? text : `+${text}`;
}

/** 21216 is "21,216". */
export function integer(count: number): string {
  return fixed(count, 0).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** 0.1234 is "12%", 0.0123 is "1.2%"; what is not finite has no share. */
export function percent(share: number): string {
  const value = share * 100;
  return `${fixed(value, Math.abs(value) < 9.95 && value !== 0 ? 1 : 0)}%`;
}

/** 1234567 is "1.23 MB" (decimal units, as network rates are given). */
export function bytes(count: number): string {
  if (count < 999.5) return `${Math.round(count)} B`;
  let [value, unit] = [count / 1000, "kB"];
  for (const larger of ["MB", "GB", "TB"]) {
    if (value >= 999.5) [value, unit] = [value / 1000, larger];
  }
  return `${value.toPrecision(3)} ${unit}`;
}

/** 0.0123 is "12 ms", 12.34 is "12.3 s", 75 is "1 min 15 s". */
export function duration(seconds: number): string {
  if (seconds < 0.9995) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 3600
    ? `${Math.floor(whole / 60)} min ${whole % 60} s`
    : `${Math.floor(whole / 3600)} h ${Math.round((whole % 3600) / 60)} min`;
}

/** "1 seed", "2 seeds". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${integer(count)} ${count === 1 ? one : many}`;
}

/** Joins as a sentence does: "a, b and c". */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}
