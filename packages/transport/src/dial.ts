import { connect as connectTcp, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { MoongateError } from "@moongate/errors";
import { WebSocket } from "ws";
import { DEFAULT_LIMITS, HEADER_BYTES } from "./frame.ts";
import { type Identity, normaliseFingerprint } from "./identity.ts";
import { checkPinned, errorCode, isTlsError, tlsOptions } from "./tls.ts";
import { type LinkSettings, WebSocketLink } from "./websocket-link.ts";

export interface DialOptions extends LinkSettings {
  /** wss://host:port */
  readonly url: string;
  readonly identity: Identity;
  /** The fingerprint of the certificate the listener must show. */
  readonly pinned: string;
  /** The listener's name, for messages and logs. */
  readonly peer: string;
  /** How long to go on trying, 15 s if not given: the listener may start later than we do. */
  readonly timeoutMs?: number | undefined;
  /** Pause between attempts. */
  readonly retryMs?: number | undefined;
}

/**
 * Opens a link to a listener. Nothing is sent before the listener's certificate is known to be
 * the pinned one.
 * @throws MoongateError CONNECT_FAILED; PEER_UNTRUSTED when either end refuses the other's
 *   certificate; COORDINATOR_BUSY when the listener goes on having no place for this peer
 */
export async function dial(options: DialOptions): Promise<WebSocketLink> {
  const { hostname, port } = target(options.url);
  const pinned = normaliseFingerprint(options.pinned);
  const deadline = performance.now() + (options.timeoutMs ?? 15_000);
  let busy: MoongateError | undefined;
  for (;;) {
    const left = deadline - performance.now();
    const raw = connectTcp({ host: hostname, port, noDelay: true });
    const timer = setTimeout(() => {
      raw.destroy(new Error("no answer in time"));
    }, left);
    try {
      return await attempt(options, raw, pinned, left);
    } catch (cause) {
      raw.destroy();
      const pause = options.retryMs ?? 250;
      if (cause instanceof MoongateError) {
        if (cause.code !== "COORDINATOR_BUSY") throw cause;
        busy = cause;
      }
      const isLate = deadline - performance.now() <= pause;
      if (isLate && busy !== undefined) throw busy;
      if (isTlsError(cause) || isLate) {
        throw new MoongateError(
          "CONNECT_FAILED",
          `cannot reach ${options.peer} at ${options.url}`,
          {
            cause,
            details: { peer: options.peer, reason: errorCode(cause) },
          },
        );
      }
      await sleep(pause);
    } finally {
      clearTimeout(timer);
    }
  }
}

async function attempt(
  options: DialOptions,
  raw: Socket,
  pinned: string,
  timeoutMs: number,
): Promise<WebSocketLink> {
  await happens(raw, "connect");
  const tls = connectTls({ ...tlsOptions(options.identity), socket: raw, servername: "" });
  await happens(tls, "secureConnect");
  tls.on("error", () => undefined); // reported by the WebSocket on top
  try {
    checkPinned(tls, pinned, options.peer);
  } catch (refusal) {
    tls.destroy();
    throw refusal;
  }
  return await upgrade(options, raw, tls, timeoutMs);
}

function upgrade(
  options: DialOptions,
  raw: Socket,
  tls: TLSSocket,
  timeoutMs: number,
): Promise<WebSocketLink> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const ws = new WebSocket(options.url, {
    createConnection: () => tls,
    perMessageDeflate: false,
    maxPayload: limits.maxFrameBytes + HEADER_BYTES,
    handshakeTimeout: Math.max(1, Math.ceil(timeoutMs)),
  });
  return new Promise((resolve, reject) => {
    ws.once("open", () => {
      ws.off("error", reject);
      resolve(new WebSocketLink({ ws, tls, raw, side: "client" }, options.peer, options));
    });
    ws.on("error", reject);
    ws.once("unexpected-response", (_request, response) => {
      tls.destroy();
      reject(refusalBy(response.statusCode ?? 0, options));
    });
  });
}

/** Why a listener gave no link. A busy one is asked again, until the time is over. */
function refusalBy(status: number, { peer, identity }: DialOptions): Error {
  if (status === 403) {
    return new MoongateError(
      "PEER_UNTRUSTED",
      `${peer} does not trust this process's certificate`,
      {
        cure: `Have the other side pin the fingerprint of the certificate used here: ${identity.fingerprint}`,
      },
    );
  }
  if (status === 429) {
    return new MoongateError(
      "COORDINATOR_BUSY",
      `${peer} has as many connections of this process's certificate as it allows`,
    );
  }
  return new Error(`HTTP status ${status}`);
}

function happens(socket: Socket, event: "connect" | "secureConnect"): Promise<void> {
  return new Promise((resolve, reject) => {
    const onClose = (): void => {
      reject(new Error("the connection was closed"));
    };
    socket.once("error", reject);
    socket.once("close", onClose);
    socket.once(event, () => {
      socket.off("close", onClose);
      socket.off("error", reject);
      socket.on("error", () => undefined); // whoever takes over sees the close
      resolve();
    });
  });
}

function target(url: string): { hostname: string; port: number } {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== "wss:" || parsed.hostname === "") {
    throw new MoongateError(
      "CONNECT_FAILED",
      `${url} is not an address of the form wss://host:port`,
      {
        cure: "Write the coordinator's address as wss://host:port.",
      },
    );
  }
  const hostname = parsed.hostname.replace(/^\[|\]$/g, ""); // IPv6
  return { hostname, port: parsed.port === "" ? 443 : Number(parsed.port) };
}
