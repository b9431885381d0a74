/** How many Latin letters wide some words are: a Chinese character is nearly twice as wide. */
export const letters = (words: string): number =>
  Array.from(words).reduce((sum, letter) => sum + (letter > "\u2E80" ? 1.8 : 1), 0);
