// What a network's delay costs: all roles in one process, over links with that delay.
import { maskedTraining } from "@moongate/mpc";
import { table } from "../../packages/mpc/dist/testing/table.js";
import { runWorld } from "../../packages/mpc/dist/testing/world.js";

/** Seconds an epoch of a sine network, by one-way delay between the parties and batch size. */
export async function benchLatency({ rows, delays, batchSizes }) {
  const results = [];
  for (const batchSize of batchSizes) {
    const plan = {
      seed: "latency",
      model: { kind: "sine", hidden: 16, epochs: 1, batchSize, learningRate: 0.1, weightDecay: 0 },
      labels: 1,
      rows: { train: rows, validation: 0, test: 0 },
      width: { media: 20, commerce: 20 },
    };
    const { inputs } = table(plan, "latency");
    for (const latencyMs of delays) {
      let began = 0;
      let ended = 0;
      const program = (machine, own) => {
        if (machine.role === "twin") return undefined;
        const watched = machine.role === "commerce";
        const onProgress = (phase) => {
          if (!watched || phase === "score") return;
          if (phase === "mask") began = performance.now();
          else ended = performance.now();
        };
        return maskedTraining(machine, { plan, inputs: own, onProgress });
      };
      await runWorld(program, inputs, { latencyMs });
      results.push({ batchSize, latencyMs, secondsAnEpoch: (ended - began) / 1000 });
    }
  }
  return results;
}
