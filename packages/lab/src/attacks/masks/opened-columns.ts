import { at } from "@moongate/errors";
import { SINE_BITS } from "@moongate/mpc";
import { matrixOf, type View } from "@moongate/views";
import {
  type About,
  type Attack,
  type AttackResult,
  notApplicable,
  type Truth,
} from "../attack.ts";
import { scoreGuesses } from "../features/reconstruction.ts";
import { truthOf } from "../features/truth.ts";
import { matrix } from "../numeric/matrices.ts";
import { MASKED_COLUMNS, openingOf } from "./masking.ts";

const about: About = {
  name: "opened-columns",
  title: "Masked columns read as they are",
  adversary: "either party",
  target: "features",
  knows: "nothing beside the view",
  paper: "",
};

/** Features lie within ±8 at the protocol's scale: see `OwnRows` of mpc. */
const LARGEST = 8;

/**
 * Reads what came of the other side's columns, X + R, as if R were nothing: fixed point with the
 * protocol's bits. At chance under masks; on the insecure control, and where masks were taken off,
 * it is the table itself.
 */
export const openedColumns: Attack = {
  about,
  run: (view, truth) => readColumns(about, view, truth),
};

export function readColumns(about: About, view: View, truth: Truth): AttackResult {
  const { train } = view.header.rows;
  const cols = truth.features?.cols ?? 0;
  const guess = matrix(train, cols);
  let rows = 0;
  let name: string | undefined;
  for (const tensor of view.tensors) {
    if (openingOf(tensor.name)?.path !== MASKED_COLUMNS || rows >= train) continue;
    const read = matrixOf(view, tensor);
    name = tensor.name;
    // Commerce's table has one column more, of ones.
    for (let row = 0; row < read.rows; row++, rows++) {
      for (let c = 0; c < cols; c++) {
        const value = at(read.values, row * read.cols + c) / 2 ** SINE_BITS.features;
        guess.values[rows * cols + c] = Math.max(-LARGEST, Math.min(LARGEST, value));
      }
    }
  }
  if (name === undefined || rows !== train) return notApplicable(about, "no columns were sent");
  const positions = Uint32Array.from({ length: train }, (_, row) => row);
  return scoreGuesses(about, truthOf(truth, positions), [{ tensor: name, values: guess }]);
}
