import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { MoongateError } from "@moongate/errors";
import { makeFolder, writeWhole } from "@moongate/files";
import { checked } from "@moongate/messages";
import { z } from "zod";
import { withLock } from "./lock.ts";

const FORMAT = "moongate-register";
const VERSION = 1;

/** What a register is about and how its entries look. */
export interface RegisterKind<T> {
  /** Part of the file: a register of another kind is refused. */
  readonly kind: string;
  readonly schema: z.ZodType<T>;
  /** The entries of a register that does not exist yet. */
  readonly empty: T;
}

/**
 * A party's own memory across sessions and processes: one JSON file, for its owner alone (0600 in a
 * folder of 0700). A change is made by one process at a time, and is on the disk as a whole before
 * `update` returns: what a party decides on a register it must not forget again.
 *
 * A register that is damaged is refused, never begun anew: it may be what protects users.
 */
export class Register<T> {
  readonly path: string;
  readonly #kind: RegisterKind<T>;

  /** @param path the file; it and its folder are made by the first change. */
  constructor(path: string, kind: RegisterKind<T>) {
    this.path = path;
    this.#kind = kind;
  }

  /** The entries as they are now. @throws MoongateError REGISTER_INVALID */
  async read(): Promise<T> {
    const { kind, schema, empty } = this.#kind;
    const text = await readFile(this.path, "utf8").catch((thrown: unknown) => {
      if ((thrown as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw this.#invalid("cannot be read", thrown);
    });
    if (text === undefined) return empty;
    const file = z.strictObject({
      format: z.literal(FORMAT),
      version: z.literal(VERSION),
      kind: z.literal(kind),
      entries: schema,
    });
    return checked(file, this.#parsed(text), "REGISTER_INVALID", this.path).entries;
  }

  /**
   * Changes the entries, alone among all processes.
   * @param change what they become and what to answer; when it throws, nothing changes.
   * @throws MoongateError REGISTER_INVALID, REGISTER_LOCKED, or what `change` throws.
   */
  async update<R>(change: (entries: T) => { readonly entries: T; readonly answer: R }): Promise<R> {
    await makeFolder(dirname(this.path));
    return withLock(this.path, async () => {
      const before = await this.read();
      const { entries, answer } = change(before);
      if (entries !== before) await this.#write(entries);
      return answer;
    });
  }

  async #write(entries: T): Promise<void> {
    const { kind } = this.#kind;
    const file = { format: FORMAT, version: VERSION, kind, entries };
    await writeWhole(this.path, `${JSON.stringify(file)}\n`);
  }

  #parsed(text: string): unknown {
    try {
      return JSON.parse(text);
    } catch (thrown) {
      throw this.#invalid("is not JSON", thrown);
    }
  }

  #invalid(what: string, cause: unknown): MoongateError {
    return new MoongateError("REGISTER_INVALID", `${this.path} ${what}`, { cause });
  }
}
