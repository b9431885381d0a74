import type { LedgerLine } from "@moongate/mpc";
import { auc } from "@moongate/statistics";
import { leakAuc } from "./attack.ts";
import type { InTheClear } from "./beside.ts";
import { after, allowanceOf, BEGINNING, type Moment } from "./moment.ts";
import type { WorkshopOutcome } from "./party.ts";
import type { WorkshopPlan } from "./plan.ts";
import type { News, Order, Measurer, Pace, SentFrame } from "./protocol.ts";
import type { WorkerRole } from "./roles.ts";
import { type JointModel, jointModel } from "./weights.ts";
import SessionWorker from "./worker.ts?worker&inline";

const ROLES: readonly WorkerRole[] = ["media", "commerce", "coordinator"];

/** What a run came to. */
export interface FinishedFederation {
  readonly federated: number;
  readonly beside: InTheClear;
  readonly leak: number;
  readonly ledger: readonly LedgerLine[];
  readonly model: JointModel;
  readonly rows: number;
  readonly seconds: number;
}

/** What a worker tells on the way. */
export type OnTheWay = Exclude<
  News,
  { readonly news: "frame" | "party" | "coordinator" | "failed" }
>;

export interface FederationEvents {
  /** A frame that is about to leave; `waits` if it does so when the page says so. */
  readonly onFrame: (frame: SentFrame, waits: boolean) => void;
  /** The frames that have left by now. */
  readonly onMoment: (moment: Moment) => void;
  readonly onNews: (news: OnTheWay) => void;
}

/** Three workers with lines between them, running one session, and a fourth that measures. */
export class Federation {
  readonly finished: Promise<FinishedFederation>;
  readonly #workers = new Map<WorkerRole | Measurer, Worker>();
  readonly #waiting: SentFrame[] = [];
  readonly #events: FederationEvents;
  #moment: Moment = BEGINNING;
  #pace: Pace;

  /** @param until every frame up to this moment leaves at once; from there on the pace counts. */
  constructor(plan: WorkshopPlan, pace: Pace, events: FederationEvents, until = BEGINNING) {
    this.#events = events;
    this.#pace = pace;
    const started = performance.now();
    const ports = lines();
    const outcomes = ROLES.map((role) => {
      const order = { order: "begin", role, plan, pace, ports: ports[role] } as const;
      const allowance = allowanceOf(until, role);
      return this.#start(role, { ...order, allowance }, Object.values(ports[role]));
    });
    const measuring = this.#start("owner", { order: "measure", plan });
    this.finished = Promise.all(outcomes).then(async ([media, commerce]) => {
      if (media?.news !== "party" || commerce?.news !== "party") throw new Error("no outcome");
      const seconds = (performance.now() - started) / 1000;
      const owner = await measuring;
      if (owner.news !== "beside") throw new Error("nothing to measure by");
      this.stop();
      return {
        ...measured(media.outcome, commerce.outcome, owner.beside, media.attempt),
        seconds,
      };
    });
    this.finished.catch(() => {
      this.stop();
    });
  }

  pace(pace: Pace): void {
    this.#pace = pace;
    for (const worker of this.#workers.values()) {
      worker.postMessage({ order: "pace", pace } satisfies Order);
    }
    if (pace !== "step") for (const frame of this.#waiting.splice(0)) this.#left(frame);
  }

  /** Lets the frame go that has waited longest. */
  next(): void {
    const frame = this.#waiting.shift();
    if (frame === undefined) return;
    this.#workers.get(frame.from)?.postMessage({ order: "next" } satisfies Order);
    this.#left(frame);
  }

  stop(): void {
    for (const worker of this.#workers.values()) worker.terminate();
    this.#workers.clear();
  }

  #left({ from, to }: SentFrame): void {
    this.#moment = after(this.#moment, from, to);
    this.#events.onMoment(this.#moment);
  }

  /** Starts a worker; what it came to is its last news. */
  #start(
    role: WorkerRole | Measurer,
    order: Order,
    ports: readonly MessagePort[] = [],
  ): Promise<News> {
    const worker = new SessionWorker();
    this.#workers.set(role, worker);
    const outcome = new Promise<News>((resolve, reject) => {
      worker.addEventListener("message", ({ data: news }: MessageEvent<News>) => {
        if (news.news === "frame") {
          // A frame that was held while word of another pace was on its way has left by now.
          const waits = news.waits && this.#pace === "step";
          this.#events.onFrame(news.frame, waits);
          if (waits) this.#waiting.push(news.frame);
          else this.#left(news.frame);
        } else if (news.news === "failed") reject(new Error(`${news.role}: ${news.message}`));
        else if (news.news === "party" || news.news === "coordinator") resolve(news);
        else {
          this.#events.onNews(news);
          if (news.news === "beside") resolve(news);
        }
      });
      worker.addEventListener("error", (event) => {
        reject(new Error(`${role}: ${event.message}`));
      });
    });
    worker.postMessage(order, [...ports]);
    return outcome;
  }
}

type Ends = Readonly<Partial<Record<WorkerRole, MessagePort>>>;

/** A line between every two roles: each role's own ends, by who is at the other. */
function lines(): Readonly<Record<WorkerRole, Ends>> {
  const [pair, media, commerce] = [
    new MessageChannel(),
    new MessageChannel(),
    new MessageChannel(),
  ];
  return {
    media: { commerce: pair.port1, coordinator: media.port1 },
    commerce: { media: pair.port2, coordinator: commerce.port1 },
    coordinator: { media: media.port2, commerce: commerce.port2 },
  };
}

function measured(
  media: WorkshopOutcome,
  commerce: WorkshopOutcome,
  beside: InTheClear,
  attempt: Float64Array | undefined,
): Omit<FinishedFederation, "seconds"> {
  if (commerce.testScores === undefined || attempt === undefined) throw new Error("no scores");
  const { train, validation, test } = commerce.sizes;
  return {
    federated: auc(commerce.testScores, beside.testLabels),
    beside,
    leak: leakAuc(attempt, beside.trainLabels),
    ledger: commerce.ledger,
    model: jointModel(media.parameters, commerce.parameters),
    rows: train + validation + test,
  };
}
