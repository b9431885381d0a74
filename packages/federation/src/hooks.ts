import type { GradientNoise, MaskSource } from "@moongate/mpc";
import type { dial, Link } from "@moongate/transport";
import type { Dishonesty } from "./dishonest.ts";
import type { LoadEngine } from "./session/engine.ts";

/**
 * Replacements for parts of a session. Tests and the privacy lab pass them to `runParty` and
 * `runPrediction`; a party's process never does, and no configuration reaches them.
 */
export interface SessionHooks {
  /** Loads TensorFlow.js in place of what this machine can load. */
  readonly loadEngine?: LoadEngine | undefined;
  /** Reaches the coordinator in place of a dial over the network. */
  readonly connect?: ((options: Parameters<typeof dial>[0]) => Promise<Link>) | undefined;
  /** Wraps the parties' own channel, to record or corrupt its frames. */
  readonly wrapInner?: ((inner: Link) => Link) | undefined;
  /**
   * Wraps every source of masks: the lab's insecure control. Whoever passes one must pass it to all
   * three processes.
   */
  readonly masks?: ((source: MaskSource) => MaskSource) | undefined;
  /** Fixes what a masked training draws from the system's generator: the lab's repeatable sessions. */
  readonly drawn?:
    | {
        /** 32 bytes from which the masks of scored rows are derived. */
        readonly secret: Uint8Array;
        /** Noise that this party adds to its share where the plan is noisy. */
        readonly noise: GradientNoise;
      }
    | undefined;
  /** 32 bytes in place of a split training's random noise key, whatever the training is. */
  readonly noiseKey?: Uint8Array | undefined;
  /** Makes media dishonest in a split training; a masked one has no use for it. */
  readonly dishonest?: Dishonesty | undefined;
}
