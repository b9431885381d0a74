import { useEffect, useRef, useState } from "preact/hooks";
import { Federation, type FinishedFederation } from "../session/federation.ts";
import type { WorkshopPlan } from "../session/plan.ts";
import type { Pace, SentFrame } from "../session/protocol.ts";

/** The last frames stay; a training sends thousands. */
const KEPT = 60;

/** What the stage shows of a running federation. */
export interface Running {
  readonly frames: readonly NumberedFrame[];
  readonly count: number;
  readonly bytes: number;
  readonly progress: string;
  readonly waits: boolean;
  readonly finished: FinishedFederation | undefined;
  readonly failure: string | undefined;
  readonly going: boolean;
}

export interface NumberedFrame {
  readonly number: number;
  readonly frame: SentFrame;
}

const IDLE: Running = {
  frames: [],
  count: 0,
  bytes: 0,
  progress: "",
  waits: false,
  finished: undefined,
  failure: undefined,
  going: false,
};

/** A federation and its state, drawn at most once a frame of the screen. */
export function useFederation(
  onFinished: (finished: FinishedFederation, plan: WorkshopPlan) => void,
) {
  const [shown, setShown] = useState(IDLE);
  const state = useRef(IDLE);
  const running = useRef<Federation | undefined>(undefined);
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
  return {
    shown,
    start: (plan: WorkshopPlan, pace: Pace): void => {
      running.current?.stop();
      state.current = IDLE;
      change({ going: true });
      const federation = new Federation(plan, pace, {
        onFrame: (frame, waits) => {
          const { frames, count, bytes } = state.current;
          const numbered = { number: count + 1, frame };
          change({
            frames: [numbered, ...frames.slice(0, KEPT - 1)],
            count: count + 1,
            bytes: bytes + frame.bytes,
            waits,
          });
        },
        onProgress: (phase, done, total) => {
          change({ progress: `${phase} ${String(done)} / ${String(total)}` });
        },
      });
      running.current = federation;
      federation.finished.then(
        (finished) => {
          change({ finished, going: false, waits: false });
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
      if (pace !== "step") change({ waits: false });
    },
    next: (): void => {
      running.current?.next();
    },
  };
}
