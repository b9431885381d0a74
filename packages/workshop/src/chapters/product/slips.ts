import { at } from "@moongate/errors";
import { reference } from "@moongate/ring";
import {
  framesOf,
  keptBytes,
  type Lesson,
  maskWord,
  openedBytes,
  wordsOf,
} from "../../lessons/lesson.ts";

const first = (bytes: Uint8Array): bigint => at(wordsOf(bytes), 0);

/** The sum of two shares: the library's addition modulo 2^64. */
const sumOf = (a: bigint, b: bigint): bigint => at(reference.elementwise.add([a], [b]), 0);

const productOf = (a: bigint, b: bigint): bigint => at(reference.elementwise.hadamard([a], [b]), 0);

/** Every word of a Beaver product, by the names that the chapter's slips use. */
export interface BeaverSlips {
  readonly a: readonly [media: bigint, commerce: bigint];
  readonly b: readonly [media: bigint, commerce: bigint];
  readonly alpha: readonly [media: bigint, commerce: bigint];
  readonly beta: readonly [media: bigint, commerce: bigint];
  /** The dealer's product of alpha and beta, in two shares. */
  readonly triple: readonly [media: bigint, commerce: bigint];
  /** The words that are opened, and both parties then have. */
  readonly delta: bigint;
  readonly epsilon: bigint;
  readonly result: readonly [media: bigint, commerce: bigint];
  readonly opened: bigint;
  readonly alphaSum: bigint;
  readonly betaSum: bigint;
  readonly tripleSum: bigint;
}

/** Reads the slips off a lesson: what each drew, received and kept. */
export function beaverSlips(lesson: Lesson): BeaverSlips {
  const kept = (name: string): readonly [bigint, bigint] => [
    first(keptBytes(lesson, "media", name)),
    first(keptBytes(lesson, "commerce", name)),
  ];
  const drawn = (name: string): readonly [bigint, bigint] => [
    maskWord(lesson, "media", `elementwise-product/${name}`),
    maskWord(lesson, "commerce", `elementwise-product/${name}`),
  ];
  const dealt = framesOf(lesson, "coordinator", "commerce");
  const triple = [
    maskWord(lesson, "media", "elementwise-product/dealt"),
    first(at(dealt, dealt.length - 1)),
  ] as const;
  const result = [first(lesson.shares.media), first(lesson.shares.commerce)] as const;
  const [alpha, beta] = [drawn("alpha"), drawn("beta")];
  return {
    a: kept("a"),
    b: kept("b"),
    ...{ alpha, beta, triple, result },
    delta: first(openedBytes(lesson, "media", "delta")),
    epsilon: first(openedBytes(lesson, "commerce", "epsilon")),
    opened: sumOf(...result),
    alphaSum: sumOf(...alpha),
    betaSum: sumOf(...beta),
    tripleSum: sumOf(...triple),
  };
}

/** Every word of the protocol's own product, private x shared. */
export interface ProductSlips {
  readonly w: readonly [media: bigint, commerce: bigint];
  /** Media's number as commerce has it: under the data mask. */
  readonly maskedX: bigint;
  readonly dataMask: bigint;
  readonly t: bigint;
  /** Media's share of w and what commerce opened, added up: w - T. */
  readonly operand: bigint;
  readonly g: readonly [media: bigint, commerce: bigint];
  readonly dealerProduct: bigint;
  readonly result: readonly [media: bigint, commerce: bigint];
  readonly opened: bigint;
}

export function productSlips(lesson: Lesson): ProductSlips {
  const dealt = framesOf(lesson, "coordinator", "commerce");
  const result = [first(lesson.shares.media), first(lesson.shares.commerce)] as const;
  const [dataMask, t] = [
    maskWord(lesson, "media", "data mask"),
    maskWord(lesson, "commerce", "product/T"),
  ];
  return {
    w: [first(keptBytes(lesson, "media", "w")), first(keptBytes(lesson, "commerce", "w"))],
    maskedX: first(openedBytes(lesson, "commerce", "columns")),
    ...{ dataMask, t, result },
    operand: first(openedBytes(lesson, "media", "operand")),
    g: [maskWord(lesson, "media", "product/dealt"), first(at(dealt, dealt.length - 1))],
    dealerProduct: productOf(dataMask, t),
    opened: sumOf(...result),
  };
}

/** A word modulo 256: its last two hexadecimal digits, as people count. */
export const small = (word: bigint): number => Number(word & 255n);
