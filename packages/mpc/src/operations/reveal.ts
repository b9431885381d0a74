import { MoongateError } from "@moongate/errors";
import { ANGLE, cost, WORD } from "../cost.ts";
import type { Operation } from "../machine.ts";
import { otherSide, type Side } from "../side.ts";
import type { Shared } from "../values.ts";

/**
 * Reveal a shared value to one side, on purpose: the other sends its share inside the inner
 * channel, and the disclosure ledger gets a line on both sides. What is revealed should carry no
 * more bits than its purpose needs: truncate first.
 *
 * @returns the values, row-major, at the receiving side (and the twin); undefined elsewhere.
 */
export function reveal(
  value: Shared,
  to: Side,
  ledger: { readonly what: string; readonly why: string },
): Operation<Float64Array | undefined> {
  const { rows, cols, scale } = value;
  const bytes = rows * cols * WORD;
  const line = { ...ledger, to, shape: `${rows}×${cols}` };
  return {
    name: "reveal",
    cost: to === "commerce" ? cost(bytes, 0, 0) : cost(0, bytes, 0),

    party(p) {
      p.disclose(line);
      const share = p.share(value);
      if (p.side === otherSide(to)) return { opening: [share], finish: () => undefined };
      return {
        opening: [],
        finish(inbox) {
          const sum = inbox.received("share", rows, cols);
          p.ring.add(sum, sum, share);
          return p.ring.decode(sum, scale);
        },
      };
    },

    dealer: () => undefined,

    twin: (t) => t.value(value),
  };
}

/**
 * Reveal a shared value to commerce modulo 2^windowBits, as a number within ±2^(windowBits − 1).
 * A value that lies there is told as `reveal` tells it, in half the bytes; a larger one loses what
 * is above: who makes a value large on purpose reads no more bits of it.
 *
 * Both take their shares modulo the window, and of that the top 32 bits: exact, as scale and window
 * together have no more.
 *
 * @returns the values, row-major, at commerce and the twin; undefined elsewhere.
 */
export function revealWithin(
  value: Shared,
  windowBits: number,
  ledger: { readonly what: string; readonly why: string },
): Operation<Float64Array | undefined> {
  const { rows, cols, scale } = value;
  const length = rows * cols;
  requireFits(scale + windowBits);
  const line = { ...ledger, to: "commerce", shape: `${rows}×${cols}` } as const;
  return {
    name: "reveal-within",
    cost: cost(length * ANGLE, 0, 0),

    party(p) {
      p.disclose(line);
      const own = p.ring.phase(p.memory.words(length), p.share(value), scale + windowBits);
      if (p.side === "media") return { opening: [own], finish: () => undefined };
      return {
        opening: [],
        finish(inbox) {
          const sum = inbox.receivedWords("share", length);
          p.ring.addWords(sum, sum, own);
          const turns = new Int32Array(sum.bytes().slice().buffer);
          return Float64Array.from(turns, (turn) => turn * 2 ** (windowBits - 32));
        },
      };
    },

    dealer: () => undefined,

    twin: (t) => t.value(value),
  };
}

function requireFits(bits: number): void {
  if (bits <= 32) return;
  throw new MoongateError("SCALE_MISMATCH", `a window of ${bits} bits does not fit 32`);
}
