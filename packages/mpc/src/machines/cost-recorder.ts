import type { Cost } from "../cost.ts";
import type { Operation, Results } from "../machine.ts";
import { TwinMachine } from "./twin.ts";

/** A round's operations and what each puts on the wire. */
export type RecordedRound = readonly { readonly operation: string; readonly cost: Cost }[];

/** A twin that also writes down what the masked machines would send: for tables and budgets. */
export class CostRecorder extends TwinMachine {
  readonly rounds: RecordedRound[] = [];
  /** The operations of all rounds, one after the other. */
  readonly operations: Operation<unknown>[] = [];

  override round<const Ops extends readonly Operation<unknown>[]>(
    ...operations: Ops
  ): Promise<Results<Ops>> {
    this.rounds.push(operations.map(({ name, cost }) => ({ operation: name, cost })));
    this.operations.push(...operations);
    return super.round(...operations);
  }
}

/**
 * Bytes on all links together: an opening passes the coordinator and counts on both hops, what is
 * dealt goes to commerce directly.
 */
export const bytesOnLinks = ({ opened, dealt }: Cost): number =>
  2 * (opened.media + opened.commerce) + dealt;
