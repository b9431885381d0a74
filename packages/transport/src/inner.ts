import { connect, createServer, type TLSSocket } from "node:tls";
import { MoongateError } from "@moongate/errors";
import { type Identity, normaliseFingerprint } from "./identity.ts";
import { InnerLink } from "./inner-link.ts";
import type { FrameKind, Link } from "./link.ts";
import { RelayStream } from "./relay-stream.ts";
import { checkPinned, errorCode, isTlsError, tlsOptions } from "./tls.ts";
import type { LinkSettings } from "./websocket-link.ts";

export interface InnerOptions extends LinkSettings {
  /** One end is the TLS server; the protocol says which. */
  readonly server: boolean;
  readonly identity: Identity;
  /** The fingerprint of the certificate the other end must show. */
  readonly pinned: string;
  /** The other end's name, for messages and logs. */
  readonly peer: string;
  /** The kind of the outer link's frames that carry the records. */
  readonly kind?: FrameKind | undefined;
  /** The time for the handshake, 15 s if not given. */
  readonly timeoutMs?: number | undefined;
}

/**
 * A fatal TLS alert. Node cuts the connection before OpenSSL's own is out, and the other end
 * would wait for its timeout.
 */
const HANDSHAKE_FAILURE = Uint8Array.of(0x15, 3, 3, 0, 2, 2, 40);

/**
 * A TLS 1.3 connection with pinned certificates on both sides, carried by frames of another link:
 * whoever relays those frames sees ciphertext, and cannot alter a bit unnoticed.
 *
 * 1. The TLS handshake; each end then knows the other's certificate and compares its fingerprint.
 * 2. Each end says under TLS whether it accepts the other. In TLS 1.3 a client is done before the
 *    server has seen its certificate: without this word it would not learn that it was refused.
 * 3. Frames flow. A record that was altered, dropped, repeated or reordered ends the inner link
 *    with FRAME_TAMPERED at both ends; the outer link stays up, so that they can say so.
 *
 * @throws MoongateError PEER_UNTRUSTED, FRAME_TAMPERED, PEER_TIMEOUT, or why the outer link ended
 */
export async function innerChannel(outer: Link, options: InnerOptions): Promise<Link> {
  const pinned = normaliseFingerprint(options.pinned);
  const timeoutMs = options.timeoutMs ?? 15_000;
  const kind = options.kind ?? "relay";
  const stream = new RelayStream(outer, kind);
  let timer: NodeJS.Timeout | undefined;
  const gaveUp = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const cause = `${options.peer} did not complete the inner handshake within ${timeoutMs} ms`;
      reject(
        new MoongateError("PEER_TIMEOUT", cause, { details: { peer: options.peer, timeoutMs } }),
      );
    }, timeoutMs);
  });
  const outerEnded = outer.ended.then((reason) => {
    throw reason ?? new MoongateError("PEER_LOST", "the link under the inner channel was closed");
  });
  outerEnded.catch(() => undefined);
  let link: InnerLink | undefined;
  try {
    link = await Promise.race([handshake(stream, pinned, options), gaveUp, outerEnded]);
    const ended = link.ended.then((reason) => {
      throw reason ?? new MoongateError("PEER_LOST", `${options.peer} closed the inner channel`);
    });
    await Promise.race([link.accepted, ended, gaveUp, outerEnded]);
  } catch (thrown) {
    const error = handshakeFailure(thrown, options.peer);
    if (link === undefined) {
      stream.destroy();
      outer.send(kind, HANDSHAKE_FAILURE).catch(() => undefined); // if the outer link still stands
    } else link.fail(error);
    throw error;
  } finally {
    clearTimeout(timer);
  }
  const inner = link;
  outerEnded.catch((reason: unknown) => {
    inner.fail(handshakeFailure(reason, options.peer));
  });
  return inner;
}

function handshake(stream: RelayStream, pinned: string, options: InnerOptions): Promise<InnerLink> {
  const settings = tlsOptions(options.identity);
  return new Promise((resolve, reject) => {
    stream.on("error", reject);
    const onSecure = (socket: TLSSocket): void => {
      // No step of this may wait: nothing is to be read between the handshake and the check.
      const link = new InnerLink(socket, stream, options.peer, options);
      try {
        checkPinned(socket, pinned, options.peer);
        link.sayVerdict(true);
      } catch (refusal) {
        link.sayVerdict(false);
        link.fail(handshakeFailure(refusal, options.peer));
      }
      resolve(link);
    };
    if (options.server) {
      // Never listens: a tls.Server takes any stream as a connection.
      const server = createServer(settings, onSecure);
      server.on("tlsClientError", reject);
      server.emit("connection", stream);
    } else {
      const socket = connect({ ...settings, socket: stream, servername: "" });
      socket.on("error", reject);
      socket.once("close", () => {
        reject(new Error("the connection was closed"));
      });
      socket.once("secureConnect", () => {
        onSecure(socket);
      });
    }
  });
}

function handshakeFailure(thrown: unknown, peer: string): MoongateError {
  if (thrown instanceof MoongateError) return thrown;
  const details = { peer, reason: errorCode(thrown) };
  return isTlsError(thrown)
    ? new MoongateError("FRAME_TAMPERED", `the inner handshake with ${peer} was disturbed`, {
        cause: thrown,
        details,
      })
    : new MoongateError("PEER_LOST", `the inner handshake with ${peer} broke off`, {
        cause: thrown,
        details,
      });
}
