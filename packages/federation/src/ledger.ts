import type { Disclosure } from "@moongate/results";
import type { Protocol, SessionPlan } from "@moongate/messages";

const SHAPE = /^(\d+)×(\d+)$/;

/**
 * The disclosure ledger: one line for everything that was opened to somebody on purpose.
 * Stretches of one reveal (many rows, several frames, every step) are one line.
 */
export class Ledger {
  readonly #lines: Disclosure[] = [];

  add(line: Disclosure): void {
    for (const [index, before] of this.#lines.entries()) {
      const shape = joined(before, line);
      if (shape === undefined) continue;
      this.#lines[index] = { ...line, shape };
      return;
    }
    this.#lines.push(line);
  }

  get lines(): readonly Disclosure[] {
    return this.#lines;
  }
}

/** The shape of two stretches of the same thing, one below the other; undefined if they are not. */
function joined(a: Disclosure, b: Disclosure): string | undefined {
  if (a.what !== b.what || a.to !== b.to || a.why !== b.why) return undefined;
  const [, above, width] = SHAPE.exec(a.shape) ?? [];
  const [, below, other] = SHAPE.exec(b.shape) ?? [];
  if (above === undefined || below === undefined || width !== other) return undefined;
  return `${Number(above) + Number(below)}×${String(width)}`;
}

const USES = { train: "the joint model is trained on", predict: "the model scores" };

/** The disclosures of aligning ids, by method. */
export function alignmentLines(
  { alignment: { method }, task, protocol }: Pick<SessionPlan, "alignment" | "task" | "protocol">,
  sizes: { readonly media: number; readonly commerce: number; readonly matched: number },
): Disclosure[] {
  const why = `${USES[task]} users that both sides have`;
  const tables = `${sizes.media} and ${sizes.commerce}`;
  return [
    {
      what: "which of its own users are in the joint set",
      shape: `${sizes.matched}`,
      to: "media",
      why,
    },
    {
      what: "which of its own users are in the joint set",
      shape: `${sizes.matched}`,
      to: "commerce",
      why,
    },
    {
      what: "numbers of rows in the other's table",
      shape: tables,
      to: "media",
      why: "sizes are not hidden",
    },
    {
      what: "numbers of rows in the other's table",
      shape: tables,
      to: "commerce",
      why: "sizes are not hidden",
    },
    {
      what:
        method === "keyed" ? "sizes of both tables and of the joint set" : "size of the joint set",
      shape: method === "keyed" ? `${tables}, ${sizes.matched}` : `${sizes.matched}`,
      to: "coordinator",
      why: method === "keyed" ? "it intersects keyed tags" : SIZES[protocol],
    },
  ];
}

/** The disclosures of hidden alignment: to the parties no user, to the coordinator all that it counts. */
export function hiddenLines(
  { task }: Pick<SessionPlan, "task">,
  told: { readonly slots: number; readonly overlap: number; readonly padded: boolean },
): Disclosure[] {
  const { slots, overlap, padded } = told;
  const share = `${(100 * overlap).toFixed(1)}%`;
  const sizes = {
    what: padded
      ? "number of slots: the rows of both tables together"
      : "number of slots: the union of both tables, and so how many users are common",
    shape: `${slots}`,
    why: padded ? "sizes of tables are not hidden" : "a smaller number of slots is quicker",
  };
  const rate = {
    what: padded
      ? "about the share of training slots that both have: noisy, to a power of √2"
      : "the share of training slots that both have",
    shape: share,
    why: "the learning rate is that of so many rows",
  };
  return [
    ...(["media", "commerce"] as const).flatMap((to) => [
      { ...sizes, to },
      ...(task === "train" ? [{ ...rate, to }] : []),
    ]),
    {
      what: "a guess which of its users media has, as far as their scores move with media's columns",
      shape: `${slots}`,
      to: "commerce",
      why: "it scores all of its users by the joint model",
    },
    {
      what: "who has a row in which slot, not of whom; sizes of both tables and of the joint set",
      shape: `${slots}`,
      to: "coordinator",
      why: "it assigns slots by keyed tags, and deals for those that count",
    },
  ];
}

/** The reason why the coordinator learns sizes. */
const SIZES = { masked: "it deals masks of that size", split: "it sees the sizes that it carries" };

/** The disclosure of widths, which all three need for the masks; a split session makes it, too. */
export function shapeLines(
  width: { readonly media: number; readonly commerce: number },
  protocol: Protocol = "masked",
): Disclosure[] {
  const widths = `${width.media} and ${width.commerce}`;
  const what = "numbers of prepared columns of both sides";
  const why =
    protocol === "masked"
      ? "masks have the size of what they cover"
      : "the halves of the network start from the widths of both";
  return (["media", "commerce", "coordinator"] as const).map((to) => ({
    what,
    shape: widths,
    to,
    why,
  }));
}
