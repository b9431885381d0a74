import { createHash } from "node:crypto";
import { type Hook, intercept, type Link, memoryPair, type Reading } from "@moongate/transport";
import type { LedgerLine } from "../disclosure.ts";
import type { Inputs, Machine } from "../machine.ts";
import { DealerMachine } from "../machines/dealer.ts";
import type { OpenedTensor } from "../machines/contexts.ts";
import { PartyMachine } from "../machines/party.ts";
import type { PartyMachineOptions } from "../machines/party-options.ts";
import { TwinMachine } from "../machines/twin.ts";
import { type MaskSource, MaskStreams } from "../masks.ts";
import type { GradientNoise } from "../noise/discrete-gaussian.ts";
import { SIDES, type Side } from "../side.ts";
import { streamsOfKey, SyntheticMasks } from "../synthetic-masks.ts";

export interface WorldOptions {
  /** Printed in every failure; the same seed replays the same masks. */
  readonly seed?: string | undefined;
  /** THE INSECURE CONTROL: every mask is zero, so whatever crosses is the bare share. */
  readonly zeroMasks?: boolean | undefined;
  /** The parties' secrets for repeatable steps, where they outlive this world; by default of the seed. */
  readonly secrets?: string | undefined;
  /** Media's say on rows to be scored. */
  readonly admitRows?: PartyMachineOptions["admitRows"];
  /** Alters what a party sends to the other. */
  readonly onSend?: Partial<Record<Side, Hook>>;
  /** The parties' audit of the dealer. */
  readonly audit?: PartyMachineOptions["audit"];
  /** What the dealer's line to commerce makes of what is sent on it: a dealer that cheats. */
  readonly onDeal?: Hook | undefined;
  /** Receives all that reaches a party from the other; the bytes are its own to keep. */
  readonly onOpened?: ((side: Side, opened: OpenedTensor) => void) | undefined;
  /** Each party's noise, replayable: made once for the party and once for the twin. */
  readonly noise?: ((side: Side) => GradientNoise) | undefined;
}

/** What each role of a program returned, and what crossed. */
export interface WorldRun<T> {
  readonly media: T;
  readonly commerce: T;
  readonly dealer: T;
  readonly twin: T;
  readonly disclosures: readonly LedgerLine[];
  /** Readings of both parties' ends: of the inner channel, and of commerce's link to the dealer. */
  readonly pair: Readonly<Record<Side, Reading>>;
  readonly dealt: Reading;
  /** Media's end of its link to the dealer: what it is told of commerce's openings. */
  readonly pledged: Reading;
  /** Every opening each party received, in order. */
  readonly openings: Readonly<Record<Side, Uint8Array[]>>;
  /** Every dealt frame commerce received, in order. */
  readonly dealtFrames: readonly Uint8Array[];
}

/**
 * All roles of a program in one process, over memory links, replayable by seed: the fixture of
 * every protocol test.
 */
export async function runWorld<T>(
  program: (machine: Machine, inputs: Inputs) => Promise<T>,
  inputs: Inputs = { features: {} },
  options: WorldOptions = {},
): Promise<WorldRun<T>> {
  const seed = options.seed ?? "world";
  const { onOpened, noise } = options;
  const source = (side: Side): MaskSource =>
    options.zeroMasks === true
      ? zeroMasks
      : new MaskStreams(seedFor(seed, side), { session: seed, incarnation: 0 });

  const [mediaPair, commercePair] = memoryPair({
    names: ["media", "commerce"],
    seed: `${seed} pair`,
  });
  const [commerceDealer, dealerCommerce] = memoryPair({
    names: ["commerce", "coordinator"],
    seed: `${seed} deal`,
  });
  const [mediaDealer, dealerMedia] = memoryPair({
    names: ["media", "coordinator"],
    seed: `${seed} keys`,
  });
  const expand = { streamsOfKey: options.zeroMasks === true ? () => zeroMasks : streamsOfKey };
  const pairs = { media: mediaPair, commerce: commercePair };
  const openings: Record<Side, Uint8Array[]> = { media: [], commerce: [] };
  const dealtFrames: Uint8Array[] = [];
  const disclosures: LedgerLine[] = [];

  const parties = SIDES.map(async (side) => {
    const pair = pairs[side];
    const machine = await PartyMachine.create({
      side,
      pair: recording(hooked(pair, options.onSend?.[side]), openings[side]),
      dealer: side === "commerce" ? recording(commerceDealer, dealtFrames) : mediaDealer,
      masks: source(side),
      synthetic: new SyntheticMasks(seedFor(options.secrets ?? seed, side)),
      ...expand,
      noise: noise?.(side),
      admitRows: options.admitRows,
      audit: options.audit,
      ...(onOpened === undefined
        ? {}
        : {
            onOpened: (opened) => {
              onOpened(side, { ...opened, bytes: opened.bytes.slice() });
            },
          }),
      onDisclosure: (line) => {
        if (side === "commerce") disclosures.push(line);
      },
    });
    const features = inputs.features[side];
    return program(machine, {
      features: features === undefined ? {} : { [side]: features },
      ...(side === "media" && inputs.users !== undefined ? { users: inputs.users } : {}),
      ...(side === "commerce" && inputs.labels !== undefined ? { labels: inputs.labels } : {}),
    });
  });
  const dealer = DealerMachine.create({
    commerce: hooked(dealerCommerce, options.onDeal),
    media: dealerMedia,
    audited: options.audit !== undefined,
    ...expand,
    masks: { media: source("media"), commerce: source("commerce") },
  }).then((machine) => program(machine, { features: {} }));

  try {
    const [media, commerce, dealt, twin] = await Promise.all([
      ...(parties as [Promise<T>, Promise<T>]),
      dealer,
      program(
        new TwinMachine(
          undefined,
          noise === undefined ? [] : SIDES.map(noise),
          new SyntheticMasks(seedFor(options.secrets ?? seed, "media")).scoreOffsets(),
        ),
        inputs,
      ),
    ]);
    return {
      media,
      commerce,
      dealer: dealt,
      twin,
      disclosures,
      pair: { media: mediaPair.meter.read(), commerce: commercePair.meter.read() },
      dealt: commerceDealer.meter.read(),
      pledged: mediaDealer.meter.read(),
      openings,
      dealtFrames,
    };
  } catch (error) {
    throw new Error(`world with seed ${JSON.stringify(seed)} failed`, { cause: error });
  }
}

/** The same link, keeping a copy of every opening or dealt frame received. */
function recording(link: Link, received: Uint8Array[]): Link {
  return new Proxy(link, {
    get(target, property) {
      if (property === "receive") {
        return async (...args: Parameters<Link["receive"]>): Promise<Uint8Array> => {
          const payload = await target.receive(...args);
          if (["opening", "deal"].includes(args[0])) received.push(payload.slice());
          return payload;
        };
      }
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
}

const hooked = (link: Link, onSend: Hook | undefined): Link =>
  onSend === undefined ? link : intercept(link, { onSend });

const seedFor = (seed: string, side: Side): Uint8Array =>
  createHash("sha256").update(`test world ${seed} ${side}`).digest();

const zeroMasks: MaskSource = {
  openStep: () => undefined,
  stream: () => ({
    fill: (target) => {
      target.fill(0);
    },
  }),
  tableMask: () => ({
    fill: (_first, target) => {
      target.fill(0);
    },
  }),
};
