/** Words for true and false, in any letter case. */
const WORDS: readonly (readonly [truth: string, falsehood: string])[] = [
  ["true", "false"],
  ["t", "f"],
  ["yes", "no"],
  ["y", "n"],
  ["on", "off"],
  ["wahr", "falsch"],
  ["ja", "nein"],
  ["vrai", "faux"],
  ["oui", "non"],
  ["是", "否"],
  ["真", "假"],
];

const TRUTH: ReadonlyMap<string, 0 | 1> = new Map([
  ...WORDS.flatMap(([truth, falsehood]) => [[truth, 1] as const, [falsehood, 0] as const]),
  ...[["1", 1] as const, ["0", 0] as const, ["1.0", 1] as const, ["0.0", 0] as const],
]);

/** Figures that mean a truth value only beside a word for one. */
const FIGURES: ReadonlySet<string> = new Set(["1", "0", "1.0", "0.0"]);

/** The truth value that a field spells, figures included; undefined for anything else. */
export const truthOf = (field: string): 0 | 1 | undefined => TRUTH.get(field.toLowerCase());

/** True if a field is a word for true or false, not merely 1 or 0. */
export const isTruthWord = (field: string): boolean =>
  truthOf(field) !== undefined && !FIGURES.has(field);
