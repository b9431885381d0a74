import { join } from "node:path";
import type { Plan, Side, PartitionRows, TrafficRow, Width } from "@moongate/messages";
import { intercept, type Link } from "@moongate/transport";
import { type NewView, type ViewRecorder, ViewWriter } from "@moongate/views";

/** A maker of recorders: each session's view goes into one. */
export type MakeRecorder = (view: NewView) => ViewRecorder & { close?: () => void };

export interface ViewOptions {
  readonly record: MakeRecorder;
  /** Takes down the seeds of all masks as well: what a coordinator holds that colludes. */
  readonly corrupt: boolean;
}

/** One folder a session in the coordinator's directory. */
export const viewsIn =
  (directory: string): MakeRecorder =>
  (view) =>
    new ViewWriter(join(directory, `${view.plan.session}.${view.incarnation ?? 1}.view`), view);

type Tensor = Parameters<ViewRecorder["add"]>[0];
const SIDES: readonly Side[] = ["media", "commerce"];
const TAG_BYTES = 16;

/**
 * Takes down what the coordinator receives in a session, under the names of
 * packages/views/README.md: tags, mask keys, and counts of what it relays.
 */
export class CoordinatorView {
  readonly #options: ViewOptions;
  readonly #links: Readonly<Record<Side, Link>>;
  /** Tensors that wait for the view to begin, which takes the joint table's shape. */
  readonly #waiting: [Tensor, Uint8Array][] = [];
  #recorder: ReturnType<MakeRecorder> | undefined;

  constructor(options: ViewOptions, links: Readonly<Record<Side, Link>>) {
    this.#options = options;
    this.#links = {
      media: this.#watched("media", links),
      commerce: this.#watched("commerce", links),
    };
  }

  /** The links to receive tags and keys on, so that they are seen. */
  get links(): Readonly<Record<Side, Link>> {
    return this.#links;
  }

  begin(plan: Plan, rows: PartitionRows, width: Width, incarnation: number): void {
    const recorder = this.#options.record({
      process: "coordinator",
      plan,
      rows,
      width,
      incarnation,
    });
    this.#recorder = recorder;
    for (const [tensor, bytes] of this.#waiting) recorder.add(tensor, bytes);
    if (!this.#options.corrupt || plan.protocol !== "masked") return;
    for (const side of SIDES) {
      const seed = this.#links[side].exportKey("dealer seed", 32);
      recorder.add(column(`dealer-seed/${side}`, "secret", seed.length), seed);
    }
  }

  end(traffic: readonly TrafficRow[]): void {
    for (const side of SIDES) {
      const relayed = traffic.find(({ from, kind }) => from === side && kind === "relay");
      const counts = Float64Array.of(relayed?.frames ?? 0, relayed?.bytes ?? 0);
      const shape = { rows: 1, cols: counts.length, element: "f64" } as const;
      const source = "received";
      this.#add(
        { name: `traffic/${side}`, source, step: null, ...shape },
        new Uint8Array(counts.buffer),
      );
    }
  }

  close(): void {
    this.#recorder?.close?.();
  }

  #watched(side: Side, links: Readonly<Record<Side, Link>>): Link {
    return intercept(links[side], {
      onReceive: ({ kind, payload }) => {
        if (kind === "maskkey")
          this.#add(column(`mask-key/${side}`, "received", payload.length), payload);
        // Each list begins with a frame that says how many tags follow, shorter than any tag.
        if (kind === "psitag" && payload.length >= TAG_BYTES) {
          const rows = Math.floor(payload.length / TAG_BYTES);
          const tags = payload.subarray(0, rows * TAG_BYTES);
          this.#add({ ...column(`psi-tags/${side}`, "received", rows), cols: TAG_BYTES }, tags);
        }
        return undefined;
      },
    });
  }

  #add(tensor: Tensor, bytes: Uint8Array): void {
    if (this.#recorder === undefined) this.#waiting.push([tensor, bytes.slice()]);
    else this.#recorder.add(tensor, bytes);
  }
}

const column = (name: string, source: Tensor["source"], rows: number): Tensor => ({
  ...{ name, source, step: null, rows, cols: 1, element: "u8" },
});
