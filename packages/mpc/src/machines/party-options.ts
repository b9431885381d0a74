import type { Link } from "@moongate/transport/ports";
import type { LedgerLine } from "../disclosure.ts";
import type { MaskSource } from "../masks.ts";
import type { GradientNoise } from "../noise/discrete-gaussian.ts";
import type { Spill } from "../rows/masked-rows.ts";
import type { Side } from "../side.ts";
import type { SyntheticMasks } from "../synthetic-masks.ts";
import type { OpenedTensor } from "./contexts.ts";

/** What a party's machine is made of: its side, its lines, its masks, and who listens. */
export interface PartyMachineOptions {
  readonly side: Side;
  /** The inner channel to the other party: carries openings. */
  readonly pair: Link;
  /** The link to the coordinator: carries what is dealt. */
  readonly dealer: Link;
  readonly masks: MaskSource;
  /** The masks of repeatable steps. */
  readonly synthetic: SyntheticMasks;
  /** How a mask key becomes masks, if not as it should. For tests. */
  readonly streamsOfKey?: ((key: Uint8Array) => MaskSource) | undefined;
  readonly onDisclosure?: ((line: LedgerLine) => void) | undefined;
  /**
   * Media's say on rows that are to be scored, before anything of them is sent: their users, and
   * commerce's commitment to each of its rows. Throws what media does not agree to.
   */
  readonly admitRows?:
    | ((users: readonly string[], versions: readonly string[]) => Promise<void>)
    | undefined;
  /** Receives all that reaches this party from the other, for views; costs nothing unset. */
  readonly onOpened?: ((opened: OpenedTensor) => void) | undefined;
  /** How noise is drawn, if not from the system's generator. For tests. */
  readonly noise?: GradientNoise | undefined;
  /** How long to wait for one frame. */
  readonly timeoutMs?: number | undefined;
  /** The store of the other's masked columns when they are large; default: memory. */
  readonly spill?: Spill | undefined;
  /** The audit of the dealer; both parties and the dealer must agree on it. */
  readonly audit?:
    | { readonly rate: number; readonly onAudited?: ((count: number) => void) | undefined }
    | undefined;
}
