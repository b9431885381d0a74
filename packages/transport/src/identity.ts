import { createHash, randomBytes, webcrypto, X509Certificate } from "node:crypto";
import { at, MoongateError } from "@moongate/errors";

/** A process's certificate and private key, with the fingerprint that peers pin. */
export interface Identity {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  /** Lower-case hexadecimal SHA-256 of the certificate's DER bytes. */
  readonly fingerprint: string;
}

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const YEARS = 10;
/** RFC 5280 allows 64 characters; this alphabet needs no escaping in a distinguished name. */
const COMMON_NAME = /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}$/;

/**
 * A fresh ECDSA P-256 key with a self-signed certificate for ten years.
 *
 * Self-signed, because peers know each other beforehand and pin the certificate itself: no
 * authority is asked, none can be fooled, and a name in it decides nothing.
 * @throws MoongateError KEYS_INVALID for a common name outside letters, digits, space and ._-
 */
export async function createIdentity(options: {
  readonly commonName: string;
  /** Validity; from a day ago for ten years, if not given. */
  readonly valid?: { readonly from: Date; readonly to: Date };
}): Promise<Identity> {
  const { commonName } = options;
  if (!COMMON_NAME.test(commonName)) {
    throw new MoongateError(
      "KEYS_INVALID",
      "a common name has 1 to 64 letters, digits, spaces or ._-",
      {
        cure: "Choose a plain name such as media.",
      },
    );
  }
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const serial = randomBytes(16);
  serial[0] = (at(serial, 0) & 0x7f) | 0x40; // positive, and no leading zero byte
  const { from: notBefore, to: notAfter } = options.valid ?? fromNowOn();
  // Loaded here, as only key making needs it; the library wants the polyfill before itself.
  await import("reflect-metadata");
  const { X509CertificateGenerator } = await import("@peculiar/x509");
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: serial.toString("hex"),
      name: `CN=${commonName}`,
      notBefore,
      notAfter,
      keys,
      signingAlgorithm: ALGORITHM,
    },
    webcrypto,
  );
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey));
  const certificatePem = certificate.toString("pem");
  return {
    certificatePem: `${certificatePem.trim()}\n`,
    privateKeyPem: pem("PRIVATE KEY", pkcs8),
    fingerprint: fingerprintOf(new X509Certificate(certificatePem)),
  };
}

function fromNowOn(): { from: Date; to: Date } {
  const from = new Date(Date.now() - 24 * 3600 * 1000); // clocks differ
  const to = new Date(from);
  to.setUTCFullYear(to.getUTCFullYear() + YEARS);
  return { from, to };
}

/** Lower-case hexadecimal SHA-256 of a certificate's DER bytes. */
export function fingerprintOf(certificate: X509Certificate): string {
  return createHash("sha256").update(certificate.raw).digest("hex");
}

/**
 * A fingerprint as people write it (colons, capitals) in the form that is compared.
 * @throws MoongateError KEYS_INVALID when it is not 64 hexadecimal digits.
 */
export function normaliseFingerprint(text: string): string {
  const digits = text.replaceAll(":", "").trim().toLowerCase();
  if (/^[0-9a-f]{64}$/.test(digits)) return digits;
  throw new MoongateError("KEYS_INVALID", "a fingerprint is not 64 hexadecimal digits", {
    cure: "Copy the SHA-256 fingerprint that `moongate keys` printed.",
  });
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}
