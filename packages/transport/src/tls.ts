import type { ConnectionOptions, TLSSocket, TlsOptions } from "node:tls";
import { MoongateError } from "@moongate/errors";
import { checkDates } from "./dates.ts";
import { fingerprintOf, type Identity } from "./identity.ts";

/**
 * What every TLS connection here has in common: version 1.3 alone, and both ends show a
 * certificate. `rejectUnauthorized` is off because it asks an authority and ours are self-signed;
 * each caller compares the fingerprint before it reads or writes anything (isPinned). That the
 * peer owns the certificate's key, TLS 1.3 has verified by then in any case.
 */
export function tlsOptions(identity: Identity): ConnectionOptions & TlsOptions {
  return {
    cert: identity.certificatePem,
    key: identity.privateKeyPem,
    minVersion: "TLSv1.3",
    maxVersion: "TLSv1.3",
    ciphers: "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256",
    ecdhCurve: "X25519:P-256",
    requestCert: true,
    rejectUnauthorized: false,
  };
}

/** What to do about a certificate that is not the pinned one: both fingerprints, to be compared. */
export function untrustedCure(pinned: string, found: string | undefined): string {
  const shown = found === undefined ? "None was shown" : `The one shown is ${found}`;
  return `${shown}, the pinned one is ${named(pinned)}. Pin the fingerprint of the certificate the peer really uses.`;
}

/** A fingerprint, or what it is if it is none: that of the example configurations. */
export function named(fingerprint: string): string {
  const isPlaceholder = /^0{64}$/.test(fingerprint);
  return isPlaceholder ? "the placeholder of the example configuration" : fingerprint;
}

/** A listener's side: the fingerprint of the certificate a client proved to own, if it showed one. */
export function peerFingerprint(socket: TLSSocket): string | undefined {
  const certificate = socket.getPeerX509Certificate();
  return certificate === undefined ? undefined : fingerprintOf(certificate);
}

/**
 * PEER_UNTRUSTED unless the peer's certificate is the pinned one, and of today. An ordinary comparison:
 * fingerprints are public, so its timing tells nothing.
 */
export function checkPinned(socket: TLSSocket, pinned: string, peer: string): void {
  // Asked for once: on a client Node 20 and 22 give the certificate at the first call alone.
  const certificate = socket.getPeerX509Certificate();
  const found = certificate === undefined ? undefined : fingerprintOf(certificate);
  if (certificate !== undefined && found === pinned) {
    checkDates(certificate, peer);
    return;
  }
  const shown = found === undefined ? "no certificate" : "a certificate that is not the pinned one";
  throw new MoongateError("PEER_UNTRUSTED", `${peer} showed ${shown}`, {
    cure: untrustedCure(pinned, found),
    details: { peer, expected: pinned, found },
  });
}

/** True if an error comes from TLS itself, not from the network under it. */
export function isTlsError(error: unknown): boolean {
  const code = errorCode(error);
  return code !== undefined && (code.startsWith("ERR_SSL_") || code === "EPROTO");
}

/**
 * Why an established connection broke. After the handshake every TLS error means that the
 * records are not those the peer sealed: a failed decryption here, or its alert from there.
 */
export function brokenConnection(error: unknown, peer: string): MoongateError {
  if (error instanceof MoongateError) return error;
  const details = { peer, reason: errorCode(error) };
  return isTlsError(error)
    ? new MoongateError("FRAME_TAMPERED", `what came from ${peer} is not what was sealed`, {
        cause: error,
        details,
      })
    : new MoongateError("PEER_LOST", `the connection to ${peer} broke`, { cause: error, details });
}

/** The code of a Node error, such as ECONNREFUSED. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
