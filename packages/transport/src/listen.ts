import { createServer as createHttpServer, type IncomingMessage } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { createServer, type TLSSocket } from "node:tls";
import { asMoongateError, MoongateError } from "@moongate/errors";
import { WebSocketServer } from "ws";
import { DEFAULT_LIMITS, HEADER_BYTES } from "./frame.ts";
import { type Identity, normaliseFingerprint } from "./identity.ts";
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
  /** Told of everyone who was turned away, or who turned away at the sight of our certificate. */
  readonly onRefused?: ((error: MoongateError) => void) | undefined;
}

export interface Listener {
  readonly port: number;
  /** Ends every link in order, then stops listening. */
  close(): Promise<void>;
}

const HANDSHAKE_MS = 10_000;

/**
 * Accepts links: WebSocket on TLS 1.3 with certificates on both sides. The fingerprint is checked
 * between the TLS handshake and the first byte of HTTP, which only admitted peers can send.
 * @throws MoongateError LISTEN_FAILED
 */
export async function listen(options: ListenOptions): Promise<Listener> {
  const links = new Set<Link>();
  const sockets = new Map<string, Socket>(); // by the peer's address, to find the TCP under a TLS
  const refuse = (error: MoongateError): void => options.onRefused?.(error);
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const upgrader = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: limits.maxFrameBytes + HEADER_BYTES,
  });
  const http = createHttpServer({ requestTimeout: HANDSHAKE_MS }, (_request, response) => {
    response.writeHead(426, { connection: "close" }).end();
  });
  http.on("upgrade", (request: IncomingMessage, socket: TLSSocket, head: Buffer) => {
    const admitted = admit(socket, options.trusted);
    const raw = sockets.get(address(socket));
    if (admitted === undefined || raw === undefined) {
      socket.destroy();
      return;
    }
    upgraded.add(socket);
    upgrader.handleUpgrade(request, socket, head, (ws) => {
      const link = new WebSocketLink(
        { ws, tls: socket, raw, side: "server" },
        admitted.name,
        options,
      );
      links.add(link);
      void link.ended.then(() => links.delete(link));
      try {
        options.onLink(link, admitted.fingerprint);
      } catch (thrown) {
        link.fail(asMoongateError(thrown));
      }
    });
  });
  const upgraded = new WeakSet<TLSSocket>();
  const server = createServer(
    { ...tlsOptions(options.identity), handshakeTimeout: HANDSHAKE_MS },
    (socket) => {
      socket.on("error", () => undefined); // the link reports it; before, there is none to tell
      if (admit(socket, options.trusted) === undefined) {
        refuse(untrusted(socket));
        turnAway(socket);
        return;
      }
      socket.once("close", () => {
        if (!upgraded.has(socket)) refuse(turnedAway(socket));
      });
      http.emit("connection", socket);
    },
  );
  server.on("connection", (raw: Socket) => {
    const key = address(raw);
    sockets.set(key, raw);
    raw.on("error", () => undefined); // the TLS socket on top ends with it
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
    server.on("error", (cause) => {
      const where = `${options.host}:${options.port}`;
      reject(new MoongateError("LISTEN_FAILED", `cannot listen on ${where}`, { cause }));
    });
    server.listen({ host: options.host, port: options.port, noDelay: true }, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close: async () => {
      const stopped = new Promise((resolve) => server.close(resolve));
      await Promise.all([...links].map((link) => link.close()));
      for (const socket of sockets.values()) socket.destroy();
      http.close();
      await stopped;
    },
  };
}

function admit(
  socket: TLSSocket,
  trusted: ListenOptions["trusted"],
): { fingerprint: string; name: string } | undefined {
  const fingerprint = peerFingerprint(socket);
  if (fingerprint === undefined) return undefined;
  const pairs = isList(trusted) ? trusted.map((item) => [item, undefined] as const) : trusted;
  for (const [pinned, name] of pairs) {
    if (normaliseFingerprint(pinned) === fingerprint) {
      return { fingerprint, name: name ?? fingerprint.slice(0, 12) };
    }
  }
  return undefined;
}

/** Array.isArray does not narrow a readonly array. */
function isList(trusted: ListenOptions["trusted"]): trusted is readonly string[] {
  return Array.isArray(trusted);
}

/** Answers before any request is read, so that the peer learns it was the certificate. */
function turnAway(socket: TLSSocket): void {
  socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  socket.resume();
  setTimeout(() => socket.destroy(), 1000).unref();
}

function untrusted(socket: TLSSocket): MoongateError {
  const fingerprint = peerFingerprint(socket);
  const who = fingerprint === undefined ? "without a certificate" : "with an unknown certificate";
  return new MoongateError("PEER_UNTRUSTED", `someone connected ${who}`, {
    details: { fingerprint },
  });
}

function turnedAway(socket: TLSSocket): MoongateError {
  return new MoongateError("PEER_UNTRUSTED", "a trusted peer hung up without asking for a link", {
    cure: "It probably pins another certificate for this listener: compare the fingerprints.",
    details: { fingerprint: peerFingerprint(socket) },
  });
}

function address(socket: Socket): string {
  return `${socket.remoteAddress ?? ""} ${socket.remotePort ?? 0}`;
}
