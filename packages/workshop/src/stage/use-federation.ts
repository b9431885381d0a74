import type { LedgerLine, Side } from "@moongate/mpc";
import { useEffect, useRef, useState } from "preact/hooks";
import type { InTheClear } from "../session/beside.ts";
import { Federation, type FinishedFederation, type OnTheWay } from "../session/federation.ts";
import { BEGINNING, lineOf, type Moment } from "../session/moment.ts";
import type { WorkshopPlan } from "../session/plan.ts";
import type { Pace, SentFrame } from "../session/protocol.ts";
import type { TableGlance } from "../session/tables.ts";
import type { FrameName } from "./state.ts";

/** The last frames stay; a training sends thousands. */
const KEPT = 60;

/** What the stage shows of a running federation. */
export interface Running {
  readonly frames: readonly NumberedFrame[];
  /** The frame that was asked for, once it has passed. */
  readonly opened: NumberedFrame | undefined;
  readonly count: number;
  readonly bytes: number;
  readonly moment: Moment;
  readonly tables: Readonly<Partial<Record<Side, TableGlance>>>;
  readonly ledger: readonly LedgerLine[];
  /** AUC on validation rows after each epoch so far. */
  readonly epochs: readonly number[];
  readonly beside: InTheClear | undefined;
  readonly progress: string;
  /** Frames that are held at their senders. */
  readonly waiting: number;
  readonly finished: FinishedFederation | undefined;
  readonly failure: string | undefined;
  readonly going: boolean;
}

export interface NumberedFrame {
  readonly number: number;
  readonly frame: SentFrame;
  readonly waits: boolean;
}

export const nameOf = ({ from, to, place }: SentFrame): FrameName => ({
  line: lineOf(from, to),
  place,
});

const same = (a: FrameName | undefined, b: FrameName): boolean =>
  a?.line === b.line && a.place === b.place;

const IDLE: Running = {
  frames: [],
  opened: undefined,
  count: 0,
  bytes: 0,
  moment: BEGINNING,
  tables: {},
  ledger: [],
  epochs: [],
  beside: undefined,
  progress: "",
  waiting: 0,
  finished: undefined,
  failure: undefined,
  going: false,
};

/** What news of a worker changes of what is shown. */
function told(news: OnTheWay, { tables, ledger, epochs }: Running): Partial<Running> {
  switch (news.news) {
    case "progress":
      return { progress: `${news.phase} ${String(news.done)} / ${String(news.total)}` };
    case "holds":
      return { tables: { ...tables, [news.side]: news.table } };
    case "opened":
      return { ledger: [...ledger, news.line] };
    case "epoch":
      return { epochs: [...epochs, news.auc] };
    case "beside":
      return { beside: news.beside };
  }
}

/** A federation and its state, drawn at most once a frame of the screen. */
export function useFederation(
  onFinished: (finished: FinishedFederation, plan: WorkshopPlan) => void,
) {
  const [shown, setShown] = useState(IDLE);
  const state = useRef(IDLE);
  const running = useRef<Federation | undefined>(undefined);
  const wanted = useRef<FrameName | undefined>(undefined);
  const drawn = useRef(false);
  const change = (part: Partial<Running>): void => {
    state.current = { ...state.current, ...part };
    if (drawn.current) return;
    drawn.current = true;
    setTimeout(() => {
      drawn.current = false;
      setShown(state.current);
    }, 40);
  };
  useEffect(() => () => running.current?.stop(), []);
  const took = (frame: SentFrame, waits: boolean): void => {
    const { frames, count, bytes, waiting, opened } = state.current;
    const numbered = { number: count + 1, frame, waits };
    change({
      frames: [numbered, ...frames.slice(0, KEPT - 1)],
      opened: same(wanted.current, nameOf(frame)) ? numbered : opened,
      count: count + 1,
      bytes: bytes + frame.bytes,
      waiting: waits ? waiting + 1 : waiting,
    });
  };
  return {
    shown,
    /** @param until the moment up to which everything runs at once. */
    start: (plan: WorkshopPlan, pace: Pace, until?: Moment): void => {
      running.current?.stop();
      state.current = IDLE;
      change({ going: true });
      const federation = new Federation(
        plan,
        pace,
        {
          onFrame: took,
          onMoment: (moment) => {
            change({ moment });
          },
          onNews: (news) => {
            change(told(news, state.current));
          },
        },
        until,
      );
      running.current = federation;
      federation.finished.then(
        (finished) => {
          change({ finished, going: false, waiting: 0 });
          onFinished(finished, plan);
        },
        (thrown: unknown) => {
          const failure = thrown instanceof Error ? thrown.message : "?";
          change({ failure, going: false });
        },
      );
    },
    pace: (pace: Pace): void => {
      running.current?.pace(pace);
      if (pace !== "step") change({ waiting: 0 });
    },
    next: (): void => {
      const { waiting } = state.current;
      if (waiting === 0) return;
      change({ waiting: waiting - 1 });
      running.current?.next();
    },
    /** Opens a frame: at once if it is among the last, or when it passes. */
    open: (name: FrameName | undefined): void => {
      wanted.current = name;
      const found = state.current.frames.find(
        ({ frame }) => name !== undefined && same(name, nameOf(frame)),
      );
      if (name === undefined || found !== undefined) change({ opened: found });
    },
  };
}

/** A federation that a page drives. */
export type DrivenFederation = ReturnType<typeof useFederation>;
