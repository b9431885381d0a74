/** Options of the end of a run, which a repetition need not have. */
const TELLING = new Set(["--json", "--details", "--open"]);

/** The command line of a run as somebody would type it again: in a new folder, so without --out. */
export function commandLine(args: readonly string[]): string {
  const kept = args.filter(
    (word, at) =>
      !TELLING.has(word) &&
      word !== "--out" &&
      !word.startsWith("--out=") &&
      args[at - 1] !== "--out",
  );
  return ["npx", "moongate", ...kept].map(quoted).join(" ");
}

/** A word as a POSIX shell reads it back. */
export const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
