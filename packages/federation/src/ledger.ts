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
