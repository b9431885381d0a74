import { matrixOf, named, type View } from "@moongate/views";
import {
  type About,
  type Attack,
  type AttackOptions,
  type AttackResult,
  notApplicable,
  type Truth,
} from "../attack.ts";
import { rowsOf } from "../numeric/matrices.ts";
import { permutation, type Uniform, uniforms } from "@moongate/statistics";
import { decode, type Split } from "./decoder.ts";
import { type LastSeen, lastSeen, perRowNames } from "./embeddings.ts";
import { type Guess, scoreGuesses } from "./reconstruction.ts";
import { truthOf } from "./truth.ts";

const about: About = {
  name: "shadow-inversion",
  effort: "slow",
  title: "Shadow inversion of embeddings",
  adversary: "commerce",
  target: "features",
  knows: "media's columns of some rows (500 unless told otherwise), to learn a decoder from",
  paper: "He, Zhang, Lee, ACSAC 2019; for split models Luo et al., ICDE 2021, arXiv 2010.10152",
};

const KNOWN = 500;
const MOST_ROWS = 4000;
const FEWEST_ROWS = 100;

const aboutOwn: About = {
  ...about,
  name: "inference-from-own-columns",
  title: "Supervised control: commerce's own columns",
  paper: "",
};

/**
 * The control of `shadowInversion`: the same decoders from commerce's own columns, on the same known
 * rows. What it finds follows from the correlation of both sides' columns, not from the protocol.
 */
export const inferenceFromOwnColumns: Attack = {
  about: aboutOwn,
  run(view, truth, options) {
    const [features] = named(view, "own/features");
    if (view.header.process !== "commerce" || features === undefined) {
      return notApplicable(aboutOwn, "the view has no columns of commerce's");
    }
    const positions = scopeOf(view);
    const values = rowsOf(matrixOf(view, features), positions);
    return decodeAll(aboutOwn, [{ tensor: "own/features", positions, values }], truth, options);
  },
};

/**
 * A decoder from what commerce received of a row back to media's columns:
 *
 * 1. Each row's embedding as it was last seen; of a masked view every opened tensor with numbers a
 *    row, each apart.
 * 2. A decoder for each learns from the known rows.
 * 3. It decodes the other rows, at most 4,000.
 */
export const shadowInversion: Attack = {
  about,
  supervised: inferenceFromOwnColumns,
  run(view, truth, options) {
    if (view.header.process !== "commerce") return notApplicable(about, "it is commerce's attack");
    const sources = perRowNames(view).flatMap((tensor) => {
      const seen = lastSeen(view, tensor);
      return seen === undefined ? [] : [{ tensor, ...seen }];
    });
    return decodeAll(about, sources, truth, options);
  },
};

/** The rows that the attack decodes, so that the control decodes the same. */
function scopeOf(view: View): Uint32Array {
  const [name] = perRowNames(view);
  const seen = name === undefined ? undefined : lastSeen(view, name);
  const { train, validation, test } = view.header.rows;
  return (
    seen?.positions ??
    Uint32Array.from({ length: train + validation + test }, (_, position) => position)
  );
}

function decodeAll(
  about: About,
  sources: readonly (LastSeen & { readonly tensor: string })[],
  truth: Truth,
  { seed, known = KNOWN }: AttackOptions,
): AttackResult {
  const [first] = sources;
  if (first === undefined) return notApplicable(about, "the view has nothing of media's rows");
  const next = uniforms(`shadow inversion ${seed}`);
  const split = splitOf(next, first.positions.length, known);
  if (split.others.length < FEWEST_ROWS) return notApplicable(about, "there are too few rows");
  const all = truthOf(truth, first.positions);
  const targets = rowsOf(all, split.known);
  const guesses = sources
    .filter(({ values }) => values.rows === first.values.rows)
    .map(({ tensor, values }): Guess => ({ tensor, values: decode(values, split, targets, next) }));
  return scoreGuesses(about, rowsOf(all, split.others), guesses, { known: split.known.length });
}

function splitOf(next: Uniform, rows: number, known: number): Split {
  const order = permutation(next, rows);
  return { known: order.slice(0, known), others: order.slice(known, known + MOST_ROWS) };
}
