import { auc } from "@moongate/statistics";
import type { Disclosure } from "@moongate/mpc";
import { type InTheClear, besides } from "./beside.ts";
import { leakAuc } from "./attack.ts";
import type { WorkshopOutcome } from "./party.ts";
import type { WorkshopPlan } from "./plan.ts";
import type { News, Order, Pace, WorkerRole, SentFrame } from "./protocol.ts";
import { type JointModel, jointModel } from "./weights.ts";
import SessionWorker from "./worker.ts?worker&inline";

const ROLES: readonly WorkerRole[] = ["media", "commerce", "coordinator"];

/** What a run came to. */
export interface FinishedFederation {
  readonly federated: number;
  readonly beside: InTheClear;
  readonly leak: number;
  readonly ledger: readonly Disclosure[];
  readonly model: JointModel;
  readonly rows: number;
  readonly seconds: number;
}

export interface FederationEvents {
  readonly onFrame: (frame: SentFrame, waits: boolean) => void;
  readonly onProgress: (phase: string, done: number, total: number) => void;
}

/** Three workers with lines between them, running one session. */
export class Federation {
  readonly finished: Promise<FinishedFederation>;
  readonly #workers = new Map<WorkerRole, Worker>();
  readonly #waiting: WorkerRole[] = [];

  constructor(plan: WorkshopPlan, pace: Pace, events: FederationEvents) {
    const started = performance.now();
    const ports = lines();
    const outcomes = ROLES.map((role) => this.#start(role, plan, pace, ports[role], events));
    this.finished = Promise.all(outcomes).then(async ([media, commerce]) => {
      if (media?.news !== "party" || commerce?.news !== "party") throw new Error("no outcome");
      const seconds = (performance.now() - started) / 1000;
      this.stop();
      const beside = await besides(plan);
      return { ...measured(media.outcome, commerce.outcome, beside, media.attempt), seconds };
    });
    this.finished.catch(() => {
      this.stop();
    });
  }

  pace(pace: Pace): void {
    this.#order({ order: "pace", pace });
    if (pace !== "step") this.#waiting.length = 0;
  }

  /** Lets the frame go that has waited longest. */
  next(): void {
    const role = this.#waiting.shift();
    if (role !== undefined) this.#workers.get(role)?.postMessage({ order: "next" } satisfies Order);
  }

  stop(): void {
    for (const worker of this.#workers.values()) worker.terminate();
    this.#workers.clear();
  }

  #order(order: Order): void {
    for (const worker of this.#workers.values()) worker.postMessage(order);
  }

  #start(
    role: WorkerRole,
    plan: WorkshopPlan,
    pace: Pace,
    ports: Readonly<Partial<Record<WorkerRole, MessagePort>>>,
    { onFrame, onProgress }: FederationEvents,
  ): Promise<News> {
    const worker = new SessionWorker();
    this.#workers.set(role, worker);
    const outcome = new Promise<News>((resolve, reject) => {
      worker.addEventListener("message", (event: MessageEvent<News>) => {
        const news = event.data;
        if (news.news === "frame") {
          if (news.waits) this.#waiting.push(role);
          onFrame(news.frame, news.waits);
        } else if (news.news === "progress") onProgress(news.phase, news.done, news.total);
        else if (news.news === "failed") reject(new Error(`${news.role}: ${news.message}`));
        else resolve(news);
      });
      worker.addEventListener("error", (event) => {
        reject(new Error(`${role}: ${event.message}`));
      });
    });
    const order: Order = { order: "begin", role, plan, pace, ports };
    worker.postMessage(order, Object.values(ports));
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
