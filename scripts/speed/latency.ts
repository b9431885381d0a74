// What a network's delay costs: both parties and the dealer in one process, over links that delay.
// The delay is the one-way delay between the parties: the sum of both hops, since what a party opens
// crosses the coordinator. The dealer is half way: what it deals takes half of it.
import { randomBytes } from "node:crypto";
import {
  DealerMachine,
  MaskStreams,
  maskedTraining,
  PartyMachine,
  SyntheticMasks,
} from "@moongate/mpc";
import { memoryPair } from "@moongate/transport";
import { type Side, SIDES } from "../bench/tables.ts";

const WIDTH = 20;
const SCHEDULE = { epochs: 1, learningRate: 0.1, weightDecay: 0 };

/** One epoch of a sine network at a delay. */
export interface EpochAtDelay {
  readonly batchSize: number;
  /** One-way delay between the parties, both hops. */
  readonly latencyMs: number;
  readonly secondsAnEpoch: number;
}

/** Seconds an epoch of a sine network takes, by delay and batch size. */
export async function benchLatency({
  rows,
  delays,
  batchSizes,
}: {
  readonly rows: number;
  readonly delays: readonly number[];
  readonly batchSizes: readonly number[];
}): Promise<EpochAtDelay[]> {
  const results: EpochAtDelay[] = [];
  for (const batchSize of batchSizes) {
    for (const latencyMs of delays) {
      const secondsAnEpoch = await epoch(rows, batchSize, latencyMs);
      results.push({ batchSize, latencyMs, secondsAnEpoch });
    }
  }
  return results;
}

async function epoch(rows: number, batchSize: number, latencyMs: number): Promise<number> {
  const plan = {
    seed: "delay",
    model: { kind: "sine" as const, hidden: 16, ...SCHEDULE, batchSize },
    labels: 1,
    rows: { train: rows, validation: 0, test: 0 },
    width: { media: WIDTH, commerce: WIDTH },
  };
  const pair = memoryPair({ names: ["media", "commerce"], latencyMs });
  const hop = (name: Side) =>
    memoryPair({ names: [name, "coordinator"], latencyMs: latencyMs / 2 });
  const links = { media: hop("media"), commerce: hop("commerce") };
  const seeds = { media: randomBytes(32), commerce: randomBytes(32) };
  const masks = (side: Side): MaskStreams =>
    new MaskStreams(seeds[side], { session: "delay", incarnation: 0 });
  let began = 0;
  let ended = 0;

  const party = async (side: Side): Promise<void> => {
    const machine = await PartyMachine.create({
      side,
      pair: pair[side === "media" ? 0 : 1],
      dealer: links[side][0],
      masks: masks(side),
      synthetic: new SyntheticMasks(randomBytes(32)),
    });
    const values = Float64Array.from({ length: rows * WIDTH }, (_, index) => Math.sin(index * 1.7));
    const labels = Uint8Array.from({ length: rows }, (_, row) =>
      Math.sin(row * WIDTH * 1.7) > 0.2 ? 1 : 0,
    );
    await maskedTraining(machine, {
      plan,
      inputs: { features: { [side]: values }, ...(side === "commerce" ? { labels } : {}) },
      onProgress: (phase) => {
        if (side !== "commerce") return;
        if (phase === "mask") began = performance.now();
        if (phase === "train") ended = performance.now();
      },
    });
  };
  const dealer = async (): Promise<void> => {
    const machine = await DealerMachine.create({
      commerce: links.commerce[1],
      media: links.media[1],
      masks: { media: masks("media"), commerce: masks("commerce") },
    });
    await maskedTraining(machine, { plan, inputs: { features: {} } });
  };
  await Promise.all([...SIDES.map(party), dealer()]);
  return (ended - began) / 1000;
}
