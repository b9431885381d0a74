import { at, asMoongateError, MoongateError } from "@moongate/errors";
import { CommanderError } from "commander";

/** Several refusals of one command, the root cause first; the command ends with its exit status. */
export class Refusals extends Error {
  override readonly name = "Refusals";
  readonly root: MoongateError;
  readonly others: readonly MoongateError[];

  constructor(root: MoongateError, others: readonly MoongateError[]) {
    super(root.message, { cause: root });
    this.root = root;
    this.others = others;
  }
}

/** The refusals in anything a command can throw. */
export function refusalsOf(thrown: unknown): Refusals {
  if (thrown instanceof Refusals) return thrown;
  const root = thrown instanceof CommanderError ? usageError(thrown) : asMoongateError(thrown);
  return new Refusals(root, []);
}

/** Commander's words as a refusal; its guess at what was meant becomes the cure. */
function usageError(error: CommanderError): MoongateError {
  const words = error.message.replace(/^error: /, "");
  const meant = /\(Did you mean (.*)\?\)/.exec(words)?.[1];
  const said = at(words.split("\n"), 0)
    .replace(/ ?\(Did you mean .*$/, "")
    .replace(/\.$/, "");
  const cause = error.code === "commander.help" ? "no command was given" : said;
  const cure = meant === undefined ? {} : { cure: `Write ${meant}, or see --help.` };
  return new MoongateError("USAGE", cause, { ...cure, cause: error });
}
