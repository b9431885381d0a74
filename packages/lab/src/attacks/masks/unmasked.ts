import { type MaskSource, MaskStreams, otherSide, type Side, SIDES } from "@moongate/mpc";
import { named, type Tensor, type View } from "@moongate/views";
import { MASKED_COLUMNS, MASKINGS, type Masking, openingOf } from "./masking.ts";

/** What makes a party's masks: 32 bytes of each side. */
export type Keys = Readonly<Record<Side, Uint8Array>>;

/** What a coordinator knows of a session's masks. */
export interface DealerKeys {
  readonly seeds: Keys;
  /** Keys of each seal of the weights and of each stretch of scored rows, in order. */
  readonly scoring: readonly Keys[];
}

/** The keys in a view, or nothing: a corrupt coordinator's has them, and a view joined with it. */
export function dealerKeys(view: View): DealerKeys | undefined {
  const all = (name: string): Uint8Array[] => named(view, name).map((each) => view.bytes(each));
  const seeds = bothSides((side) => all(`dealer-seed/${side}`)[0]);
  if (seeds === undefined) return undefined;
  const stretches = all("mask-key/media").map((_, index) =>
    bothSides((side) => all(`mask-key/${side}`)[index]),
  );
  return { seeds, scoring: stretches.filter((keys) => keys !== undefined) };
}

/** What a seal opens when it shares a value anew, and the step of its masks. */
const RESHARED = "reshare/value";
const RESHARING_STEP = 1;

/** The origin of a tensor's masks: the keys, and the step of their labels. */
interface Origin {
  readonly step: number;
  /** Number of the tensor's first row in its table; matters to data masks alone. */
  readonly firstRow: number;
  source(side: Side): MaskSource;
}

/**
 * A party's view with the masks taken off: what a coordinator that colludes with it reads.
 *
 * 1. Masks are drawn by label from the dealer seeds (`MaskStreams`): session, incarnation, step,
 *    operation, tensor. All of a label is public, and the coordinator has both seeds.
 * 2. opened = value ± mask modulo 2^64 (angles: 2^32), so one subtraction gives the value.
 * 3. The data mask R of the only table is expanded in the order of rows: X + R − R = X.
 *
 * The result has the shape of a view of the insecure control, whose masks are zero. Tensors that
 * have no mask stay as they are. Nothing is kept: every tensor is unmasked when it is asked for.
 */
export function unmasked(view: View, keys: DealerKeys): View {
  const origins = originsOf(view, keys);
  const { process } = view.header;
  if (process === "coordinator") return view;
  const other = otherSide(process);
  return {
    header: view.header,
    tensors: view.tensors,
    bytes: (tensor) => {
      const bytes = view.bytes(tensor);
      const origin = origins.get(tensor);
      const opening = openingOf(tensor.name);
      if (origin === undefined || opening === undefined) return bytes;
      if (opening.path === MASKED_COLUMNS) {
        const mask = new Uint8Array(bytes.length);
        origin.source(other).tableMask(0, tensor.cols).fill(origin.firstRow, mask);
        return withoutMasks(bytes, tensor, { sign: 1 }, [mask]);
      }
      const masking = MASKINGS[opening.path];
      if (masking === undefined) return bytes;
      const masks = (masking.from === "both" ? SIDES : [other]).map((side) => {
        const source = origin.source(side);
        source.openStep(origin.step);
        const mask = new Uint8Array(bytes.length);
        source.stream(opening.number, `${opening.operation}/${masking.mask}`).fill(mask);
        return mask;
      });
      return withoutMasks(bytes, tensor, masking, masks);
    },
  };
}

/**
 * The label's changing parts for every masked tensor. Steps of the program are those that send
 * the columns, one a tensor, then the training's. Each stretch of scored rows, which begins with its
 * columns, has keys of its own and step 0; so has each seal of the weights, which makes values in
 * step 0 and shares them anew in step 1.
 */
function originsOf(view: View, { seeds, scoring }: DealerKeys): Map<Tensor, Origin> {
  const { plan, incarnation } = view.header;
  const training = { session: plan.session, incarnation };
  const scored = { session: "synthetic", incarnation: 0 };
  const origins = new Map<Tensor, Origin>();
  let trainingRows = 0;
  let sent = 0;
  let repeated = -1;
  let making = false;
  for (const tensor of view.tensors) {
    const opening = openingOf(tensor.name);
    if (opening === undefined) continue;
    const isColumns = opening.path === MASKED_COLUMNS;
    const source = (side: Side): MaskSource => new MaskStreams(seeds[side], training);
    if (tensor.step !== null) {
      origins.set(tensor, { step: sent + tensor.step, firstRow: 0, source });
    } else if (isColumns && trainingRows < view.header.rows.train) {
      origins.set(tensor, { step: sent, firstRow: trainingRows, source });
      trainingRows += tensor.rows;
      sent += 1;
    } else {
      const sharing = opening.path === RESHARED;
      if (opening.number === 0 && !(sharing && making)) repeated += 1;
      making = !isColumns && !sharing && (opening.number === 0 || making);
      const keys = scoring[repeated];
      if (keys === undefined) continue;
      const ofKeys = (side: Side): MaskSource => new MaskStreams(keys[side], scored);
      origins.set(tensor, { step: sharing ? RESHARING_STEP : 0, firstRow: 0, source: ofKeys });
    }
  }
  return origins;
}

function withoutMasks(
  opened: Uint8Array,
  { element }: Tensor,
  { sign }: Pick<Masking, "sign">,
  masks: readonly Uint8Array[],
): Uint8Array {
  const out = new Uint8Array(opened);
  const values = wordsOf(out, element);
  const parts = masks.map((mask) => wordsOf(mask, element));
  for (let index = 0; index < values.length; index++) {
    const mask = parts.reduce((sum, part) => sum + part.get(index), 0n);
    values.set(index, values.get(index) - BigInt(sign) * mask);
  }
  return out;
}

/** Little-endian words; what is set is reduced modulo their size. */
function wordsOf(bytes: Uint8Array, element: Tensor["element"]) {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const wide = element === "u64";
  const size = wide ? 8 : 4;
  return {
    length: bytes.length / size,
    get: (index: number): bigint =>
      wide ? data.getBigUint64(index * size, true) : BigInt(data.getUint32(index * size, true)),
    set: (index: number, value: bigint): void => {
      if (wide) data.setBigUint64(index * size, BigInt.asUintN(64, value), true);
      else data.setUint32(index * size, Number(BigInt.asUintN(32, value)), true);
    },
  };
}

function bothSides<T>(get: (side: Side) => T | undefined): Record<Side, T> | undefined {
  const [media, commerce] = [get("media"), get("commerce")];
  return media === undefined || commerce === undefined ? undefined : { media, commerce };
}
