import { createHash, createHmac } from "node:crypto";
import { join } from "node:path";
import { at, MoongateError } from "@moongate/errors";
import { z } from "zod";
import { Register, type RegisterKind } from "./register.ts";

/** Hex digits that tell users, and versions of a user's other half, apart. */
const TAG_DIGITS = 16;
const tagSchema = z.string().regex(/^[0-9a-f]{16}$/);

/** Every version of commerce's row that was scored, by user's tag: its own commitment's first digits. */
type Versions = Readonly<Record<string, readonly string[]>>;
const kind: RegisterKind<Versions> = {
  kind: "scorings",
  schema: z.record(tagSchema, z.array(tagSchema).readonly()),
  empty: {},
};

export interface ScoringLimits {
  /** Versions of the other half of one user. */
  readonly perUser: number;
  /** Users in all; none where there is no limit. */
  readonly users?: number | undefined;
}

/**
 * Media's memory of what commerce scored by one model: how many versions of its half of a user. One
 * file a model; neither ids nor the model's name can be read from it.
 */
export class Scorings {
  readonly #register: Register<Versions>;
  readonly #secret: Uint8Array;
  readonly #limits: ScoringLimits;

  /** @param secret the 32 bytes that media's scoring masks are derived from. */
  constructor(folder: string, secret: Uint8Array, limits: ScoringLimits) {
    const name = createHash("sha256").update("moongate/1 scorings ").update(secret).digest("hex");
    this.#register = new Register(join(folder, `scorings-${name.slice(0, TAG_DIGITS)}.json`), kind);
    this.#secret = secret;
    this.#limits = limits;
  }

  /**
   * Takes rows that are about to be scored into the memory; all of them, or none.
   * @throws SESSION_REFUSED for one version more than agreed, without a word of which user.
   */
  admit(users: readonly string[], versions: readonly string[]): Promise<void> {
    const { perUser, users: mostUsers = Number.POSITIVE_INFINITY } = this.#limits;
    return this.#register.update((before) => {
      const after = new Map(Object.entries(before));
      const added: string[] = [];
      users.forEach((user, index) => {
        const [tag, version] = [this.#tag(user), at(versions, index).slice(0, TAG_DIGITS)];
        const known = after.get(tag) ?? [];
        if (known.includes(version)) return;
        if (known.length >= perUser) throw refused(`more than ${perUser} versions of one user`);
        after.set(tag, [...known, version]);
        added.push(tag);
      });
      if (after.size > mostUsers) throw refused(`more than ${mostUsers} users`);
      return { entries: added.length > 0 ? Object.fromEntries(after) : before, answer: undefined };
    });
  }

  #tag(user: string): string {
    const text = JSON.stringify(["moongate/1 scored user", user]);
    return createHmac("sha256", this.#secret).update(text).digest("hex").slice(0, TAG_DIGITS);
  }
}

const refused = (what: string): MoongateError =>
  new MoongateError("SESSION_REFUSED", `media does not agree to score ${what} by a model`, {
    cure: "Score fewer versions of the users' rows, or train a new model.",
  });
