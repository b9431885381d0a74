import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { MoongateError } from "@moongate/errors";
import { z } from "zod";
import { Register, type RegisterKind } from "./register.ts";
import { readTags, sharedTags, type Tags, tagsOf, writeTags } from "./user-tags.ts";

/** Users that some labels were trained on together. */
interface MatchedSet {
  readonly labels: readonly string[];
  readonly users: string;
}
interface Matched {
  /** The key of the users' tags, drawn by the first training. */
  readonly key: string;
  readonly sets: readonly MatchedSet[];
}
const kind: RegisterKind<Matched> = {
  kind: "matched-sets",
  schema: z.strictObject({
    key: z.string().regex(/^([0-9a-f]{64})?$/),
    sets: z
      .array(z.strictObject({ labels: z.array(z.string()).readonly(), users: z.base64() }))
      .readonly(),
  }),
  empty: { key: "", sets: [] },
};

/** An earlier training whose users are nearly the same. */
export interface Near {
  readonly label: string;
  /** Users that are in one of both sets and not in the other. */
  readonly difference: number;
}

/**
 * Commerce's memory of the users that each label was trained on, whoever the other party was. Two
 * trainings on nearly the same users differ by what those few users did: what somebody who sees both
 * models, or what is told of them, could work out. The same set again tells nothing new.
 *
 * It bounds the difference of any two sets, and no more: three sets can be combined so that few
 * users are left over.
 */
export class MatchedSets {
  readonly #register: Register<Matched>;
  readonly #minimum: number;

  /** @param minimum users that a set must differ by from every other one of the same label. */
  constructor(folder: string, minimum: number) {
    this.#register = new Register(join(folder, "matched-sets.json"), kind);
    this.#minimum = minimum;
  }

  /**
   * Takes a set into the memory before anything is trained on it: one whose training fails later
   * counts all the same.
   * @param onNear hears what the set is near to, for the own terminal alone.
   * @throws DIFFERENCE_TOO_SMALL, without a word of which label or how few; the memory stays as it was.
   */
  admit(
    ids: readonly string[],
    labels: readonly string[],
    onNear?: (near: Near) => void,
  ): Promise<void> {
    return this.#register.update((before) => {
      const key = before.key === "" ? randomBytes(32).toString("hex") : before.key;
      const users = tagsOf(ids, key, "moongate/1 matched user");
      const text = writeTags(users);
      const near = this.#nearest(before.sets, { users, text }, labels);
      if (near !== undefined) {
        onNear?.(near);
        throw new MoongateError(
          "DIFFERENCE_TOO_SMALL",
          `commerce does not agree to train on users of whom fewer than ${this.#minimum} differ from an earlier training's`,
        );
      }
      const known = before.sets.find((set) => set.users === text);
      const merged = { labels: [...new Set([...(known?.labels ?? []), ...labels])], users: text };
      const sets = [...before.sets.filter((set) => set !== known), merged];
      return { entries: { key, sets }, answer: undefined };
    });
  }

  #nearest(
    sets: readonly MatchedSet[],
    { users, text }: { readonly users: Tags; readonly text: string },
    labels: readonly string[],
  ): Near | undefined {
    for (const set of sets) {
      const label = set.labels.find((each) => labels.includes(each));
      if (label === undefined || set.users === text) continue;
      const { onlyFirst, onlySecond } = sharedTags(readTags(set.users), users);
      const difference = onlyFirst.length + onlySecond.length;
      if (difference < this.#minimum) return { label, difference };
    }
    return undefined;
  }
}
