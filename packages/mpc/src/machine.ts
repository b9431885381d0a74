import type { Matrix, Words } from "@moongate/ring";
import type { Cost } from "./cost.ts";
import type { Features } from "./features.ts";
import type { DealerContext, PartyContext, TwinContext } from "./machines/contexts.ts";
import type { SEAL, Sealed, SharedValues } from "./machines/seal.ts";
import type { Side } from "./side.ts";
import type { DealerFlags, PrivateMatrix, Rows, Shared, VerticalMatrix } from "./values.ts";

export type MachineRole = Side | "dealer" | "twin";

/**
 * One interactive operation, told for every role in one place (packages/mpc/src/operations).
 * A machine plays the part of its own role.
 */
export interface Operation<T> {
  readonly name: string;
  readonly cost: Cost;
  /**
   * "keys" says that what is dealt is a function of the step's masks alone: with both parties' keys
   * anybody can deal it again, and compare. Without it the deal needs the data masks or the dealer's
   * own knowledge.
   */
  readonly dealtFrom?: "keys" | undefined;
  /** How many of the elements that each side opens are angles, of 4 bytes; none by default. */
  readonly openedAngles?: number | undefined;
  /** A party: what it opens now, and how it goes on once the other's opening is here. */
  party(context: PartyContext): PartyMove<T>;
  /** The dealer: draws the masks the parties will draw, and deals what depends on both. */
  dealer(context: DealerContext): T;
  /** The plaintext twin: the same function on the values themselves. */
  twin(context: TwinContext): T;
}

export interface PartyMove<T> {
  /** Masked words for the other party; together as long as the declared cost. */
  readonly opening: readonly (Matrix | Words)[];
  finish(inbox: RoundInbox): T;
}

/** What a party holds after the round: the other's opening, and its share of what was dealt. */
export interface RoundInbox {
  /**
   * What both opened together: the next words of the other's opening, plus the own ones.
   * @param tensor what it is called where it is recorded.
   * @param sealed says that what commerce opens here is its share of a sealed value under a mask:
   *   media then holds it against what the dealer says it must be.
   */
  opened(tensor: string, own: Matrix, sealed?: Sealed): Matrix;
  openedWords(tensor: string, own: Words): Words;
  /** The next words of the other's opening as they came, where own ones would add nothing. */
  received(tensor: string, rows: number, cols: number): Matrix;
  receivedWords(tensor: string, length: number): Words;
  /** This party's share of the next tensor dealt (media: from its seed; commerce: received). */
  dealt(rows: number, cols: number): Matrix;
}

/** The results of the operations of one round, in order. */
export type Results<Ops extends readonly Operation<unknown>[]> = {
  -readonly [I in keyof Ops]: Ops[I] extends Operation<infer T> ? T : never;
};

/**
 * What a masked model is written for. The same model code runs on four machines: media's and
 * commerce's (shares), the dealer's (masks only) and the plaintext twin's (values).
 */
export interface Machine {
  readonly role: MachineRole;

  /**
   * Run one step. Masks are labelled with the step's number and can never be drawn again;
   * values made inside a step die with it, except variables.
   */
  step<T>(body: () => Promise<T>): Promise<T>;

  /**
   * Run one step on a table of its own, under masks that are a function of all that enters it
   * (see SyntheticMasks): with the same inputs it gives the same bits, in this session or another.
   * One round more than its body.
   */
  repeatableStep<T>(entering: Entering, body: (x: VerticalMatrix) => Promise<T>): Promise<T>;

  /**
   * Seals what a trained model scores with. Its values are opened once, both of them, under fresh
   * masks, and shared anew so that commerce's share is the mask of its own alone: see `Seal`.
   * @param make computes the values from those that enter.
   * @returns the values, variables from now on, and the seal itself, to be kept beside them.
   * @throws SHARE_ALTERED when the two did not open the same.
   */
  seal<Values extends SharedValues>(
    entering: Pick<Entering, "context" | "values">,
    make: () => Promise<Values>,
  ): Promise<{ readonly values: Values; readonly seal: Shared }>;
  /**
   * The sealed values of an earlier session.
   * @param kept what this machine kept under that name, or as the seal.
   * @param make as in `seal`: the twin, which seals nothing, computes the values again.
   * @throws SHARE_ALTERED at media when commerce uses another share than was sealed.
   */
  unseal<Values extends SharedValues>(
    names: readonly (keyof Values & string)[],
    kept: (name: (keyof Values & string) | typeof SEAL) => Shared,
    make: () => Promise<Values>,
  ): Promise<Values>;

  /** Run operations together in one round trip: one frame each way, one dealt frame. */
  round<const Ops extends readonly Operation<unknown>[]>(...operations: Ops): Promise<Results<Ops>>;

  /** A table whose columns the two sides hold; a party passes its own columns (of its own width). */
  columns(
    rows: number,
    width: Readonly<Record<Side, number>>,
    scale: number,
    inputs: Inputs,
  ): VerticalMatrix;
  /** A small-integer matrix one side knows: the labels. */
  privateMatrix(owner: Side, rows: number, cols: number, inputs: Inputs): PrivateMatrix;
  /** A flag a row that the dealer knows (and the twin); parties pass nothing. @throws SHAPE_MISMATCH */
  dealerFlags(rows: number, flags: Uint8Array | undefined): DealerFlags;

  /** A value that outlives steps; starts at the given public values (row-major), else at zero. */
  variable(rows: number, cols: number, scale: number, initial?: Float64Array): Shared;
  /** Overwrite a variable (same shape and scale). */
  assign(variable: Shared, value: Shared): void;
  /** Overwrite a variable's rows from that one on. */
  assignRows(variable: Shared, from: number, value: Shared): void;
  /** This machine's part of a value as bytes, little endian: a share; at the dealer nothing. */
  save(value: Shared): Uint8Array;
  /** A variable that starts as what was saved. @throws SHAPE_MISMATCH for another length. */
  restore(rows: number, cols: number, scale: number, saved: Uint8Array | undefined): Shared;

  add(a: Shared, b: Shared): Shared;
  subtract(a: Shared, b: Shared): Shared;
  /** a times a public integer. */
  multiplyInteger(a: Shared, factor: number): Shared;
  /** a plus a public number in every place, rounded to a's scale. */
  addPublic(a: Shared, value: number): Shared;
  /** a · 2^shift, by reading the same words at another scale: exact and free. */
  timesPowerOfTwo(a: Shared, shift: number): Shared;
  /** The same values at a finer scale, by multiplying the words. */
  atScale(a: Shared, scale: number): Shared;
  /** Rows from (inclusive) to (exclusive). */
  rowRange(a: Shared, from: number, to: number): Shared;
  /** Columns from (inclusive) to (exclusive). */
  columnRange(a: Shared, from: number, to: number): Shared;
  /** The parts side by side. */
  joinColumns(parts: readonly Shared[]): Shared;
  /** These rows, in their order. */
  takeRows(a: Shared, rows: Rows): Shared;
  /** a above b. */
  stackRows(a: Shared, b: Shared): Shared;
  /** The sum of the rows: 1 × cols. */
  sumRows(a: Shared): Shared;
  /** a with a 1 × cols row added to each of its rows. */
  addRow(a: Shared, row: Shared): Shared;
  /** a − factor · m[rows]: the owner subtracts from its own share. */
  subtractPrivate(a: Shared, m: PrivateMatrix, rows: Rows, factor: number): Shared;
  /**
   * a plus discrete Gaussian noise that each party draws and adds to its own share; sigma is the
   * deviation of each, in units of a's last place. Neither knows the other's.
   */
  addNoise(a: Shared, sigma: bigint): Shared;

  /**
   * Media's score offsets of these users: at media (and at a twin that was given them); elsewhere
   * there are none.
   */
  scoreOffsets(users: readonly string[], labels: number, sigma: bigint): Offsets;
  /** a with the offsets added, by who has them. */
  addOffsets(a: Shared, offsets: Offsets): Shared;
}

/** Numbers that one side adds to shared ones, in units of the last place, row-major. */
export interface Offsets {
  readonly words: BigInt64Array | undefined;
}

/** All that a repeatable step computes with. */
export interface Entering {
  /** What is public: program, shapes, position. The same text means the same program. */
  readonly context: string;
  readonly rows: number;
  readonly width: Readonly<Record<Side, number>>;
  readonly scale: number;
  readonly inputs: Inputs;
  /** Shared values from outside the step that it uses. */
  readonly values: readonly Shared[];
  readonly offsets: Offsets;
  /** The users of the rows, as media tells them apart; read at media alone. */
  readonly users: readonly string[];
  /**
   * Rows are slots of a hidden alignment: commerce commits to all of them at once, to none alone. Its
   * empty slots would have equal commitments, and a common user the same one in every session.
   */
  readonly slots: boolean;
}

/** What a machine's owner feeds in: a party its own features, commerce its labels, the twin all, the dealer nothing. */
export interface Inputs {
  /** Rows of that side's width. */
  readonly features: Readonly<Partial<Record<Side, Features>>>;
  /** Row-major 0/1, rows × labels. */
  readonly labels?: Uint8Array | undefined;
  /**
   * The slots of hidden alignment, 1 for each that the side has a row in: a party knows its own,
   * the dealer and the twin both sides'.
   */
  readonly slots?: Readonly<Partial<Record<Side, Uint8Array>>> | undefined;
  /**
   * The user of a row, known at media alone, such as "id " and a normalised id. Score offsets are a
   * function of it. Without it users are told apart by their place among the rows that are scored.
   */
  readonly users?: Users | undefined;
}

/** Tells users apart, by the number of their row. */
export type Users = (row: number) => string;
