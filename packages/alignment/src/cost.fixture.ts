import { DECOYS } from "./decoys.ts";
import { BLINDED, DOUBLED } from "./ecdh.ts";
import { SLOTS } from "./hidden.ts";
import { POSITIONS, TAGS } from "./keyed.ts";
import { RECORD_HEADER_BYTES, type RecordFormat } from "./records.ts";

/** Payload bytes that cross one link, seen from a party. */
export interface AlignmentCost {
  readonly sent: number;
  readonly received: number;
}

const list = (format: RecordFormat, count: number): number =>
  RECORD_HEADER_BYTES + format.width * count;

/** What the keyed method costs a party with `own` ids of which `matched` are common. */
export function keyedCost(own: number, matched: number, decoys = DECOYS): AlignmentCost {
  return { sent: list(TAGS, own + decoys), received: list(POSITIONS, matched + decoys) };
}

/** What the hidden method costs a party with `own` ids, of any of the three parts. */
export function hiddenCost(own: number): AlignmentCost {
  const parts = 3;
  return {
    sent: parts * RECORD_HEADER_BYTES + TAGS.width * own,
    received: parts * (RECORD_HEADER_BYTES + SLOTS.width) + SLOTS.width * own,
  };
}

/** What ecdh costs a party with `own` ids when the peer has `theirs`. */
export function ecdhCost(own: number, theirs: number): AlignmentCost {
  return {
    sent: list(BLINDED, own) + list(DOUBLED, theirs),
    received: list(BLINDED, theirs) + list(DOUBLED, own),
  };
}
