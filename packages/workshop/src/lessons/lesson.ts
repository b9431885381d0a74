import { at } from "@moongate/errors";
import {
  type Cost,
  DealerMachine,
  type Inputs,
  type Machine,
  type MaskSource,
  MaskStreams,
  PartyMachine,
  type Shared,
  type Side,
  SIDES,
  SyntheticMasks,
  TwinMachine,
  valuesOf,
} from "@moongate/mpc";
import { sha256 } from "@moongate/crypto";
import { reference } from "@moongate/ring";
import { intercept, type Link, PortLink } from "@moongate/transport/ports";

/** The dealer seeds that a lesson draws its masks from, and the name of its session. */
export interface LessonSecrets {
  readonly session: string;
  readonly seeds: Readonly<Record<Side, Uint8Array>>;
}

/** One mask as a party drew it: its name, and its words' bytes. */
export interface DrawnMask {
  readonly side: Side;
  readonly step: number;
  readonly tensor: string;
  readonly bytes: Uint8Array;
}

/** One frame as it crossed. */
export interface LessonFrame {
  readonly from: Side | "coordinator";
  readonly to: Side;
  readonly bytes: Uint8Array;
}

/** One tensor of an opening as a party has it after the round. */
export interface LessonOpening {
  readonly side: Side;
  readonly tensor: string;
  readonly bytes: Uint8Array;
}

/** Everything that happened in one lesson, for its slips of paper. */
export interface Lesson {
  /** Each party's share of the result. */
  readonly shares: Readonly<Record<Side, Uint8Array>>;
  /** Fractional bits of the result. */
  readonly scale: number;
  readonly masks: readonly DrawnMask[];
  readonly frames: readonly LessonFrame[];
  readonly openings: readonly LessonOpening[];
  /** Shares that the program set aside under a name. */
  readonly kept: Readonly<Record<Side, ReadonlyMap<string, Uint8Array>>>;
  /** What the lesson's operation declares, and its frames have. */
  readonly cost: Cost | undefined;
}

/** What a lesson computes; it may set shares aside for the slips. */
export type Program = (machine: Machine, inputs: Inputs, notes: LessonNotes) => Promise<Shared>;

/** What a program writes down for the page. */
export interface LessonNotes {
  /** A party's share of a value, under a name. */
  readonly setAside: (name: string, value: Shared) => void;
  /** The declared cost of the operation that the lesson is about; frames of another length are refused. */
  readonly declare: (cost: Cost) => void;
}

/** Public seeds, so that a link shows the same lesson again; a session's are secret. */
export const lessonSecrets = (name: string): LessonSecrets => ({
  session: name,
  seeds: {
    media: sha256(`moongate/1 workshop lesson ${name} media`),
    commerce: sha256(`moongate/1 workshop lesson ${name} commerce`),
  },
});

/**
 * Runs a program of single operations on the protocol's own machines: both parties and the dealer,
 * joined by message ports, each with the masks that it would have. What they draw, send and keep is
 * taken down; the page shows that, and computes nothing itself.
 */
export async function runLesson(
  program: Program,
  secrets: LessonSecrets,
  inputs: Inputs = { features: {} },
): Promise<Lesson> {
  const masks: DrawnMask[] = [];
  const frames: LessonFrame[] = [];
  const openings: LessonOpening[] = [];
  let cost: Cost | undefined;
  const kept = { media: new Map<string, Uint8Array>(), commerce: new Map<string, Uint8Array>() };
  const line = (a: string, b: string): readonly [PortLink, PortLink] => {
    const { port1, port2 } = new MessageChannel();
    const secret = sha256(`moongate/1 workshop lesson line ${a} ${b}`);
    return [new PortLink(port1, { peer: b, secret }), new PortLink(port2, { peer: a, secret })];
  };
  const told = (link: Link, from: LessonFrame["from"], to: Side, kind: string): Link =>
    intercept(link, {
      onSend: (frame) => {
        if (frame.kind === kind) frames.push({ from, to, bytes: frame.payload.slice() });
        return undefined;
      },
    });
  const [atMedia, atCommerce] = line("media", "commerce");
  const [mediaDealer, dealerMedia] = line("media", "coordinator");
  const [commerceDealer, dealerCommerce] = line("commerce", "coordinator");
  const pair = {
    media: told(atMedia, "media", "commerce", "opening"),
    commerce: told(atCommerce, "commerce", "media", "opening"),
  };
  const toDealer = { media: mediaDealer, commerce: commerceDealer };
  const streams = (side: Side): MaskSource =>
    new MaskStreams(secrets.seeds[side], { session: secrets.session, incarnation: 0 });

  const party = async (side: Side): Promise<{ share: Uint8Array; scale: number }> => {
    const machine = await PartyMachine.create({
      side,
      pair: pair[side],
      dealer: toDealer[side],
      masks: noted(streams(side), side, masks),
      synthetic: new SyntheticMasks(secrets.seeds[side]),
      onOpened: ({ tensor, bytes }) => {
        openings.push({ side, tensor, bytes: bytes.slice() });
      },
    });
    const own = inputs.features[side];
    const result = await program(
      machine,
      { features: own === undefined ? {} : { [side]: own } },
      {
        setAside: (name, value) => {
          kept[side].set(name, machine.save(value));
        },
        declare: (declared) => {
          cost = declared;
        },
      },
    );
    const share = machine.save(result);
    machine.close();
    return { share, scale: result.scale };
  };
  const dealer = DealerMachine.create({
    media: dealerMedia,
    commerce: told(dealerCommerce, "coordinator", "commerce", "deal"),
    masks: { media: streams("media"), commerce: streams("commerce") },
  }).then((machine) => program(machine, { features: {} }, SILENT));
  const [media, commerce] = await Promise.all([party("media"), party("commerce"), dealer]);
  for (const link of [atMedia, mediaDealer, commerceDealer]) await link.close();
  return {
    shares: { media: media.share, commerce: commerce.share },
    scale: media.scale,
    masks,
    frames,
    openings,
    kept,
    cost,
  };
}

const SILENT: LessonNotes = { setAside: () => undefined, declare: () => undefined };

/** What the same program computes on values in the clear: the plaintext twin. */
export async function inTheClear(
  program: Program,
  inputs: Inputs = { features: {} },
): Promise<Float64Array> {
  return valuesOf(await program(new TwinMachine(), inputs, SILENT));
}

/** The values of both shares together, as only somebody who has both can read them. */
export function valuesOfLesson({ shares, scale }: Lesson): Float64Array {
  const sum = reference.elementwise.add([...wordsOf(shares.media)], [...wordsOf(shares.commerce)]);
  return Float64Array.from(sum, (word) => reference.fixedPoint.decode(word, scale));
}

/** The same masks, each taken down as it is drawn. */
function noted(source: MaskSource, side: Side, masks: DrawnMask[]): MaskSource {
  let step = -1;
  return {
    openStep: (next) => {
      step = next;
      source.openStep(next);
    },
    stream: (operation, tensor) => {
      const stream = source.stream(operation, tensor);
      return {
        fill: (target) => {
          stream.fill(target);
          masks.push({ side, step, tensor, bytes: target.slice() });
        },
      };
    },
    tableMask: (table, width) => {
      const mask = source.tableMask(table, width);
      return {
        fill: (firstRow, target) => {
          mask.fill(firstRow, target);
          masks.push({ side, step, tensor: "data mask", bytes: target.slice() });
        },
      };
    },
  };
}

/** The words of little-endian bytes. */
export const wordsOf = (bytes: Uint8Array): BigUint64Array<ArrayBuffer> =>
  new BigUint64Array(bytes.slice().buffer);

/** The one word of a mask that was drawn once. */
export function maskWord(lesson: Lesson, side: Side, tensor: string, place = 0): bigint {
  const found = lesson.masks.filter((mask) => mask.side === side && mask.tensor === tensor);
  return at(wordsOf(at(found, 0).bytes), place);
}

/** What a party had after the round that opened the tensor. */
export function openedBytes(lesson: Lesson, side: Side, tensor: string): Uint8Array {
  const found = lesson.openings.filter((each) => each.side === side && each.tensor === tensor);
  return at(found, 0).bytes;
}

/** A party's share of a value that the program set aside. */
export function keptBytes(lesson: Lesson, side: Side, name: string): Uint8Array {
  const found = lesson.kept[side].get(name);
  if (found === undefined) throw new Error(`the lesson set no ${name} aside`);
  return found;
}

/** The frames between two ends, in order. */
export const framesOf = (
  lesson: Lesson,
  from: LessonFrame["from"],
  to: Side,
): readonly Uint8Array[] =>
  lesson.frames.filter((frame) => frame.from === from && frame.to === to).map(({ bytes }) => bytes);

/** What one operation crosses with: openings of both parties, and what was dealt. */
export interface OperationBytes {
  readonly opened: number;
  readonly dealt: number;
}

export function operationBytes({ cost }: Lesson): OperationBytes {
  if (cost === undefined) throw new Error("the lesson declared no operation");
  return { opened: cost.opened.media + cost.opened.commerce, dealt: cost.dealt };
}

/** Both parties' shares, in the parties' order. */
export const bothShares = (lesson: Lesson): readonly Uint8Array[] =>
  SIDES.map((side) => lesson.shares[side]);
