import { Ring } from "../ring.ts";
import type { Arena, Matrix, Words } from "../types.ts";

/** A ring whose matrices are forgotten before each case. */
export class Fixture {
  readonly ring: Ring;
  readonly arena: Arena;

  private constructor(ring: Ring) {
    this.ring = ring;
    this.arena = ring.arena();
  }

  static async create(): Promise<Fixture> {
    return new Fixture(await Ring.create());
  }

  /** A matrix of these words; all of them in one row unless told otherwise. */
  matrix(values: readonly bigint[], rows = 1, cols = values.length): Matrix {
    return this.ring.fromBigints(values, rows, cols, this.arena);
  }

  /** A matrix for a result, full of what a kernel must not leave there. */
  dirty(rows: number, cols: number): Matrix {
    return this.ring.fill(this.arena.matrix(rows, cols), 0xdeadbeefdeadbeefn);
  }

  words(values: readonly number[]): Words {
    const out = this.arena.words(values.length);
    out.words().set(values);
    return out;
  }
}
