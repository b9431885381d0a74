import type { DefencePlan } from "@moongate/catalogue";
import type { SplitNews, SplitOrder, SplitTold } from "./orders.ts";
import SplitWorker from "./worker.ts?worker&inline";

/** Split trainings on request, in a worker, so that the page stays lively meanwhile. */
export class Splits {
  readonly #worker = new SplitWorker();
  readonly #waiting = new Map<number, (news: SplitNews) => void>();
  #next = 0;

  constructor() {
    this.#worker.addEventListener("message", ({ data }: MessageEvent<SplitNews>) => {
      this.#waiting.get(data.id)?.(data);
      this.#waiting.delete(data.id);
    });
  }

  split(defences: DefencePlan): Promise<SplitTold> {
    return this.#ask({ id: this.#next++, what: "split", defences });
  }

  /** Commerce alone: the same training with columns of zeros in media's place. */
  floor(): Promise<SplitTold> {
    return this.#ask({ id: this.#next++, what: "floor" });
  }

  /** The masked training on the same rows. */
  masked(): Promise<SplitTold> {
    return this.#ask({ id: this.#next++, what: "masked" });
  }

  stop(): void {
    this.#worker.terminate();
  }

  #ask(order: SplitOrder): Promise<SplitTold> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(order.id, (news) => {
        if ("failure" in news) reject(new Error(news.failure));
        else resolve(news.outcome);
      });
      this.#worker.postMessage(order);
    });
  }
}
