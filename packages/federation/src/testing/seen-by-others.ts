import type { FederationWorld } from "./federation-world.ts";

/** What others see of a session: how it ends, and every frame's kind and size in its line's order. */
export interface SeenByOthers {
  readonly ending: string;
  /** Frames by receiver, channel and sender; sealed frames' contents are those of the inner channel. */
  readonly frames: Readonly<Record<string, readonly string[]>>;
  /** Bytes of sealed frames beyond the frames of the inner channel, by direction: TLS handshakes. */
  readonly handshake: Readonly<Record<string, number>>;
}

/** Bytes of a frame on the inner channel's stream before its payload. */
const PREFIX = 12;
/** Bytes of a TLS 1.3 record before its content, and of type and tag within it. */
const RECORD_HEADER = 5;
const RECORD_REST = 17;

/**
 * Runs a recorded world. Times are left out: messages that say seconds have a size that depends on
 * their digits, and how a stream is cut into sealed frames depends on the moment.
 */
export async function seenByOthers(world: FederationWorld): Promise<SeenByOthers> {
  const { media, commerce, coordinator } = await world.run();
  const ending = [media.error, commerce.error, coordinator?.error].map((error) =>
    error === undefined ? "well" : `${error.code}: ${error.message}`,
  );
  const frames: Record<string, string[]> = {};
  for (const [role, received] of Object.entries(world.received)) {
    for (const { channel, from, kind, payload } of received) {
      if (kind === "relay") continue;
      const line = (frames[`${role} ${channel} from ${from}`] ??= []);
      line.push(`${kind} ${saysSeconds(payload) ? "with seconds" : payload.length}`);
    }
  }
  return { ending: ending.join(" / "), frames, handshake: handshakes(world) };
}

function saysSeconds(payload: Uint8Array): boolean {
  return Buffer.from(payload).includes('"cpuSeconds"');
}

function handshakes({ received }: FederationWorld): Record<string, number> {
  const pairs = [
    ["media", "commerce"],
    ["commerce", "media"],
  ] as const;
  const of = ([receiver, sender]: (typeof pairs)[number]): number => {
    const own = received[receiver];
    const sealed = own.filter(({ kind }) => kind === "relay").map(({ payload }) => payload);
    const inside = own.filter(({ channel, from }) => channel === "inner" && from === sender);
    const known = inside.reduce((sum, { payload }) => sum + PREFIX + payload.length, 0);
    return contentOf(Buffer.concat(sealed)) - known;
  };
  return Object.fromEntries(pairs.map((pair) => [`${pair[1]} to ${pair[0]}`, of(pair)]));
}

/** Bytes of content in a stream of TLS records. */
function contentOf(stream: Buffer): number {
  let [at, content] = [0, 0];
  while (at < stream.length) {
    const length = stream.readUInt16BE(at + 3);
    content += length - RECORD_REST;
    at += RECORD_HEADER + length;
  }
  return content;
}
