import type { Link } from "@moongate/transport/ports";
import type { Entering, Machine } from "../machine.ts";
import { reshare } from "../operations/reshare.ts";
import type { Side } from "../side.ts";
import type { SyntheticMasks } from "../synthetic-masks.ts";
import type { Shared } from "../values.ts";
import { agreeOnDigest, giveMaskKey, receiveBytes, type Waiting } from "./repeatable.ts";
import {
  AGREED,
  marked,
  namesOf,
  NO_PLEDGE,
  type OpenedHash,
  openedHash,
  PLEDGE,
  requireSame,
  SEAL,
  Seal,
  SEAL_SHAPE,
  type SharedValues,
  valueOf,
} from "./seal.ts";
import { shareOf } from "./share-arithmetic.ts";

/** A party's machine and lines, as its part in sealing uses them. */
export interface Sealing {
  readonly machine: Machine & { readonly role: Side };
  readonly pair: Link;
  readonly dealer: Link;
  readonly synthetic: SyntheticMasks;
  readonly waiting: Waiting;
  /** Runs a program of its own under the masks of that key. */
  under<T>(key: Uint8Array, program: () => Promise<T>): Promise<T>;
  /** Takes all that is opened from now on into the hash; nothing any more without one. */
  watch(opened: OpenedHash | undefined): void;
}

/** A party's part in steps 1 to 4 of `Seal`. */
export async function sealAtParty<Values extends SharedValues>(
  sealing: Sealing,
  { context, values: entering }: Pick<Entering, "context" | "values">,
  make: () => Promise<Values>,
): Promise<{ readonly values: Values; readonly seal: Shared }> {
  const { machine, pair, dealer, synthetic, waiting } = sealing;
  const digest = await agreeOnDigest({
    ...{ side: machine.role, synthetic, context, pair, waiting },
    parts: entering.map((value) => shareOf(value).bytes()),
  });
  const key = synthetic.key(digest);
  await giveMaskKey(dealer, key);
  const opened = openedHash();
  sealing.watch(opened);
  const reshared = async (): Promise<SharedValues> => {
    const made = await machine.step(async () => variables(machine, await make()));
    const names = namesOf(made);
    return machine.step(async () => {
      const values = await machine.round(...names.map((name) => reshare(valueOf(made, name))));
      return variables(machine, named(names, values));
    });
  };
  const values = await sealing.under(key, reshared).finally(() => {
    sealing.watch(undefined);
  });
  await agreeOnOpened(pair, opened.digest(), waiting);
  const pledge = machine.role === "media" ? await receiveBytes(dealer, PLEDGE, waiting) : NO_PLEDGE;
  const { rows, cols, scale } = SEAL_SHAPE;
  const seal = machine.restore(rows, cols, scale, new Seal(digest, pledge).bytes());
  return { values: marked(values) as Values, seal };
}

/** A party's part in step 5. */
export async function unsealAtParty<Values extends SharedValues>(
  { machine, pair, dealer, synthetic, waiting }: Sealing,
  names: readonly (keyof Values & string)[],
  kept: (name: (keyof Values & string) | typeof SEAL) => Shared,
): Promise<Values> {
  const seal = Seal.of(shareOf(kept(SEAL)).bytes());
  const values = Object.fromEntries(names.map((name) => [name, kept(name)]));
  await giveMaskKey(dealer, synthetic.key(seal.digest));
  if (machine.role === "media") {
    requireSame(await receiveBytes(dealer, PLEDGE, waiting), seal.pledge, pair.peer);
  }
  return marked(values) as Values;
}

/** Variables of these values, which outlive their step. */
function variables(machine: Machine, values: SharedValues): SharedValues {
  const names = namesOf(values);
  const kept = names.map((name) => {
    const value = valueOf(values, name);
    const variable = machine.variable(value.rows, value.cols, value.scale);
    machine.assign(variable, value);
    return variable;
  });
  return named(names, kept);
}

/** Values under their names, which are in the same order. */
function named(names: readonly string[], values: readonly Shared[]): SharedValues {
  const entries = names.map((name, at): [string, Shared | undefined] => [name, values[at]]);
  return Object.fromEntries(entries) as SharedValues;
}

/** Both hold the same openings. @throws SHARE_ALTERED */
async function agreeOnOpened(pair: Link, own: Uint8Array, waiting: Waiting): Promise<void> {
  const [theirs] = await Promise.all([receiveBytes(pair, AGREED, waiting), pair.send(AGREED, own)]);
  pair.meter.countRound();
  requireSame(own, theirs, pair.peer);
}
