import { createServer as createHttpServer, type IncomingMessage } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { createServer, type TLSSocket } from "node:tls";
import { asMoongateError, MoongateError } from "@moongate/errors";
import { WebSocketServer } from "ws";
import { Crowd, type CrowdLimits, defaultCrowdLimits } from "./crowd.ts";
import { checkDates } from "./dates.ts";
import { DEFAULT_LIMITS, HEADER_BYTES } from "./frame.ts";
import { fingerprintOf, type Identity, normaliseFingerprint } from "./identity.ts";
import type { Link } from "./link.ts";
import { peerFingerprint, tlsOptions } from "./tls.ts";
import { type LinkSettings, WebSocketLink } from "./websocket-link.ts";

export interface ListenOptions extends LinkSettings {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly identity: Identity;
  /** Fingerprints of the certificates to admit, with names for the links. Read at each arrival. */
  readonly trusted: ReadonlyMap<string, string> | readonly string[];
  readonly onLink: (link: Link, fingerprint: string) => void;
  /** Hears of everyone who was turned away, or who turned away at the sight of our certificate. */
  readonly onRefused?: ((error: MoongateError) => void) | undefined;
  /** How many connections there may be, and how long one may take to become a link. */
  readonly crowd?: Partial<CrowdLimits> | undefined;
}

export interface Listener {
  readonly port: number;
  /** Ends every link in order, then stops listening. */
  close(): Promise<void>;
}

/** Messages of ours are never cut into fragments. */
const MOST_FRAGMENTS = 64;

/**
 * Accepts links: WebSocket on TLS 1.3 with certificates on both sides. The fingerprint is checked
 * between the TLS handshake and the first byte of HTTP, which only admitted peers can send.
 *
 * One deadline covers everything from the TCP connection to the link (`crowd.handshakeMs`). The
 * timeouts of the HTTP server would begin later, and do not act here: it never listens itself.
 * @throws MoongateError LISTEN_FAILED
 */
export async function listen(options: ListenOptions): Promise<Listener> {
  const links = new Set<Link>();
  const crowd = new Crowd({ ...defaultCrowdLimits(), ...options.crowd });
  const sockets = new Map<string, Socket>(); // by the peer's address, to find the TCP under a TLS
  const refuse = (error: MoongateError): void => options.onRefused?.(error);
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const upgrader = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: limits.maxFrameBytes + HEADER_BYTES,
    maxFragments: MOST_FRAGMENTS,
  });
  const http = createHttpServer((_request, response) => {
    response.writeHead(426, { connection: "close" }).end();
  });
  const admitted = new WeakMap<TLSSocket, Admitted>();
  const upgraded = new WeakSet<TLSSocket>();
  http.on("upgrade", (request: IncomingMessage, socket: TLSSocket, head: Buffer) => {
    const peer = admitted.get(socket);
    if (peer === undefined || upgraded.has(socket)) {
      socket.destroy();
      return;
    }
    upgrader.handleUpgrade(request, socket, head, (ws) => {
      upgraded.add(socket);
      crowd.link(peer.raw);
      const link = new WebSocketLink(
        { ws, tls: socket, raw: peer.raw, side: "server" },
        peer.name,
        options,
      );
      links.add(link);
      void link.ended.then(() => links.delete(link));
      try {
        options.onLink(link, peer.fingerprint);
      } catch (thrown) {
        link.fail(asMoongateError(thrown));
      }
    });
  });
  const server = createServer(
    { ...tlsOptions(options.identity), handshakeTimeout: options.crowd?.handshakeMs ?? 10_000 },
    (socket) => {
      socket.on("error", () => undefined); // the link reports it; before, there is none to tell
      const raw = sockets.get(endpoint(socket));
      try {
        const peer = admit(socket, options.trusted);
        if (raw === undefined) throw untrusted(socket);
        if (!crowd.identify(raw, peer.fingerprint, sizeOf(options.trusted))) throw tooMany(peer);
        admitted.set(socket, { ...peer, raw });
      } catch (thrown) {
        const error = asMoongateError(thrown);
        refuse(error);
        turnAway(socket, error.code === "COORDINATOR_BUSY" ? BUSY : FORBIDDEN);
        return;
      }
      socket.once("close", () => {
        if (!upgraded.has(socket)) refuse(turnedAway(socket, options.identity));
      });
      http.emit("connection", socket);
    },
  );
  server.on("connection", (raw: Socket) => {
    raw.on("error", () => undefined); // the TLS socket on top ends with it
    if (!crowd.arrive(raw)) return;
    const key = endpoint(raw);
    sockets.set(key, raw);
    raw.once("close", () => sockets.delete(key));
  });
  server.on("tlsClientError", (cause) => {
    refuse(
      new MoongateError("PEER_UNTRUSTED", "someone did not complete a TLS 1.3 handshake", {
        cause,
      }),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.on("error", (cause: Error) => {
      const where = `${options.host}:${options.port}`;
      reject(cannotListen(where, options.host, cause));
    });
    server.listen({ host: options.host, port: options.port, noDelay: true }, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close: async () => {
      const stopped = new Promise((resolve) => server.close(resolve));
      await Promise.all([...links].map((link) => link.close()));
      crowd.clear();
      http.close();
      await stopped;
    },
  };
}

interface Peer {
  readonly fingerprint: string;
  readonly name: string;
}

interface Admitted extends Peer {
  readonly raw: Socket;
}

/** @throws MoongateError PEER_UNTRUSTED for a certificate that is not pinned, or not of today. */
function admit(socket: TLSSocket, trusted: ListenOptions["trusted"]): Peer {
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) throw untrusted(socket);
  const fingerprint = fingerprintOf(certificate);
  const pairs = isList(trusted) ? trusted.map((item) => [item, undefined] as const) : trusted;
  for (const [pinned, known] of pairs) {
    if (normaliseFingerprint(pinned) !== fingerprint) continue;
    const name = known ?? fingerprint.slice(0, 12);
    checkDates(certificate, name);
    return { fingerprint, name };
  }
  throw untrusted(socket);
}

/** Array.isArray does not narrow a readonly array. */
function isList(trusted: ListenOptions["trusted"]): trusted is readonly string[] {
  return Array.isArray(trusted);
}

const sizeOf = (trusted: ListenOptions["trusted"]): number =>
  isList(trusted) ? trusted.length : trusted.size;

const FORBIDDEN = "403 Forbidden";
const BUSY = "429 Too Many Requests";

/** Answers before any request is read, so that the peer learns why. */
function turnAway(socket: TLSSocket, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  socket.resume();
  setTimeout(() => socket.destroy(), 1000).unref();
}

function untrusted(socket: TLSSocket): MoongateError {
  const fingerprint = peerFingerprint(socket);
  const who =
    fingerprint === undefined
      ? "without a certificate"
      : `with a certificate that is not trusted: ${fingerprint}`;
  return new MoongateError("PEER_UNTRUSTED", `someone connected ${who}`, {
    details: { fingerprint },
  });
}

function tooMany({ name, fingerprint }: Peer): MoongateError {
  return new MoongateError("COORDINATOR_BUSY", `${name} has as many connections as it may have`, {
    details: { fingerprint },
  });
}

function turnedAway(socket: TLSSocket, { fingerprint: own }: Identity): MoongateError {
  const peer = peerFingerprint(socket) ?? "unknown";
  return new MoongateError(
    "PEER_UNTRUSTED",
    `a trusted peer (${peer}) hung up, or said too little, before it had a link`,
    {
      cure: `It probably pins another certificate for this listener, whose own is ${own}.`,
      details: { fingerprint: peer, own },
    },
  );
}

const endpoint = (socket: Socket): string =>
  `${socket.remoteAddress ?? ""} ${socket.remotePort ?? 0}`;

/** Why an address cannot be listened on, by the system's own word for it. */
function cannotListen(where: string, host: string, cause: Error): MoongateError {
  const code = "code" in cause ? cause.code : undefined;
  switch (code) {
    case "EADDRINUSE":
      return new MoongateError("LISTEN_FAILED", `cannot listen on ${where}: the port is taken`, {
        cause,
      });
    case "EADDRNOTAVAIL":
      return new MoongateError(
        "LISTEN_FAILED",
        `cannot listen on ${where}: ${host} is no address of this machine`,
        { cause, cure: "Use an address of this machine, or 0.0.0.0 for all of them." },
      );
    case "EACCES":
      return new MoongateError(
        "LISTEN_FAILED",
        `cannot listen on ${where}: the system does not allow it`,
        { cause, cure: "Choose a port from 1024 up." },
      );
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return new MoongateError("LISTEN_FAILED", `cannot listen on ${where}: no such host`, {
        cause,
        cure: "Write the address as numbers, or a name that this machine knows.",
      });
    default:
      return new MoongateError("LISTEN_FAILED", `cannot listen on ${where}`, { cause });
  }
}
