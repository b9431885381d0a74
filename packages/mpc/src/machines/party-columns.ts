import { MoongateError } from "@moongate/errors";
import { featureRows } from "../features.ts";
import type { Inputs } from "../machine.ts";
import type { TableMask } from "../masks.ts";
import { type MaskedRows, maskedRows, type Spill } from "../rows/masked-rows.ts";
import { OwnRows } from "../rows/own-rows.ts";
import { otherSide, type Side } from "../side.ts";
import type { VerticalMatrix } from "../values.ts";

type TableShape = Pick<VerticalMatrix, "rows" | "width" | "scale">;

/** A table as one party holds it: its own columns, and the other's under their data mask. */
export interface PartyColumns extends VerticalMatrix {
  readonly own: OwnRows;
  readonly masked: MaskedRows;
  /** The data mask of the own columns. */
  readonly mask: TableMask;
  /** Rows sent under the data mask so far. */
  sent: number;
}

/** The side's own features in fixed point. @throws SHAPE_MISMATCH */
export function ownRows(side: Side, { rows, width, scale }: TableShape, inputs: Inputs): OwnRows {
  const source = featureRows(inputs.features[side], { rows, width: width[side], whose: side });
  return new OwnRows(source, rows, width[side], scale);
}

export function partyColumns(
  side: Side,
  { rows, width, scale }: TableShape,
  own: OwnRows,
  mask: TableMask,
  spill: Spill | undefined,
): PartyColumns {
  const masked = maskedRows(rows, width[otherSide(side)], spill);
  return { rows, width, scale, own, masked, mask, sent: 0 };
}

/**
 * Claims the data mask of own rows from..to.
 * @throws MASK_REUSED unless they are the next that were never sent.
 */
export function claimRows(x: PartyColumns, from: number, to: number): void {
  if (from !== x.sent) {
    throw new MoongateError(
      "MASK_REUSED",
      `rows from ${from} were to be sent, ${x.sent} were sent before`,
    );
  }
  x.sent = to;
}
