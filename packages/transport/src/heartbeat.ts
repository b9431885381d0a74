/** How a link notices that its peer is gone although no connection was closed. */
export interface Heartbeat {
  /** A sign of life is sent this often. */
  readonly heartbeatMs: number;
  /** The link ends with PEER_LOST when nothing at all came for about this long. */
  readonly deadAfterMs: number;
}

export const DEFAULT_HEARTBEAT: Heartbeat = { heartbeatMs: 2000, deadAfterMs: 8000 };

interface Pulse {
  /** Any number that changes whenever something was received. */
  readonly received: () => number;
  readonly beat: () => void;
  readonly onDead: () => void;
}

/**
 * Beats until stopped. Silence is counted in beats of our own, not by the clock: if this process
 * was the one that stood still (a long computation, a suspended laptop), one beat has passed and
 * the frames that wait in the socket are read before the next.
 * @returns stop
 */
export function startHeartbeat(settings: Partial<Heartbeat>, pulse: Pulse): () => void {
  const { heartbeatMs, deadAfterMs } = { ...DEFAULT_HEARTBEAT, ...settings };
  const allowed = Math.max(1, Math.ceil(deadAfterMs / heartbeatMs));
  let last = pulse.received();
  let silent = 0;
  const timer = setInterval(() => {
    const now = pulse.received();
    silent = now === last ? silent + 1 : 0;
    last = now;
    if (silent >= allowed) pulse.onDead();
    else pulse.beat();
  }, heartbeatMs);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}
