import { asMoongateError, MoongateError } from "@moongate/errors";
import type { Arena, Ring } from "@moongate/ring";
import type { Link } from "@moongate/transport/ports";
import type { Operation } from "../machine.ts";
import { KeyedStreams, type MaskSource } from "../masks.ts";
import type { Side } from "../side.ts";
import { dealingFromKeys } from "./dealing.ts";
import { dealingKeyOf, SPARE } from "./dealer-audit.ts";

/** Steps that can be dealt again: more than the dealer is ever ahead of commerce. */
const KEPT_STEPS = 48;
/** Dealings of one step; the parties ask for so many with a probability below 2^-64. */
const MOST_DEALINGS = 65;

interface DealtStep {
  dealings: number;
  readonly operations: { readonly number: number; readonly operation: Operation<unknown> }[];
}

/**
 * The dealer's part in an audit: deals the operations of a step that depend on keys alone, and deals
 * them anew, under new keys, as often as commerce asks. See `DealerAudit`.
 */
export class SpareDeals {
  readonly #ring: Ring;
  readonly #memory: Arena;
  readonly #commerce: Link;
  readonly #masks: Readonly<Record<Side, MaskSource>>;
  readonly #steps = new Map<number, DealtStep>();
  #current:
    | { readonly number: number; readonly step: DealtStep; readonly streams: Streams }
    | undefined;

  constructor(ring: Ring, commerce: Link, masks: Readonly<Record<Side, MaskSource>>) {
    this.#ring = ring;
    this.#memory = ring.arena();
    this.#commerce = commerce;
    this.#masks = masks;
    commerce.subscribe(SPARE, (request) => {
      try {
        this.#dealAgain(request);
      } catch (thrown) {
        commerce.fail(asMoongateError(thrown));
      }
    });
  }

  begin(number: number): void {
    this.#current = {
      number,
      step: { dealings: 1, operations: [] },
      streams: this.#streams(number, 0),
    };
  }

  /** The masks that the operation is dealt from; undefined for one that needs more than keys. */
  take(number: number, operation: Operation<unknown>): Streams | undefined {
    if (operation.dealtFrom !== "keys") return undefined;
    this.#current?.step.operations.push({ number, operation });
    return this.#current?.streams;
  }

  end(): void {
    if (this.#current === undefined) return;
    const { number, step } = this.#current;
    this.#steps.set(number, step);
    this.#steps.delete(number - KEPT_STEPS);
    this.#current = undefined;
  }

  #streams(step: number, dealing: number): Streams {
    const of = (side: Side): KeyedStreams =>
      new KeyedStreams(dealingKeyOf(this.#masks[side], step, dealing));
    return { media: of("media"), commerce: of("commerce") };
  }

  /** @param request number of the step, then of the dealing, 4 bytes each. @throws FRAME_INVALID */
  #dealAgain(request: Uint8Array): void {
    const fields = new DataView(request.buffer, request.byteOffset, request.byteLength);
    const [number, dealing] =
      request.length === 8 ? [fields.getUint32(0, true), fields.getUint32(4, true)] : [0, 0];
    const step = this.#steps.get(number);
    if (step === undefined || dealing !== step.dealings || dealing >= MOST_DEALINGS) {
      throw new MoongateError("FRAME_INVALID", "a spare was asked for that there is none of");
    }
    step.dealings += 1;
    const streams = this.#streams(number, dealing);
    const parts: Uint8Array[] = [];
    for (const { number: place, operation } of step.operations) {
      operation.dealer(
        dealingFromKeys({
          ...{ ring: this.#ring, memory: this.#memory, operation, number: place, streams },
          onDealt: (rest) => parts.push(rest.bytes().slice()),
        }),
      );
    }
    this.#memory.reset();
    this.#commerce.send(SPARE, ...parts).catch((thrown: unknown) => {
      this.#commerce.fail(asMoongateError(thrown));
    });
  }
}

type Streams = Readonly<Record<Side, KeyedStreams>>;
