import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { MoongateError, systemFault } from "@moongate/errors";
import { makeFolder, writeWhole } from "@moongate/files";
import { checkDates } from "./dates.ts";
import { fingerprintOf, type Identity } from "./identity.ts";

/** The files an identity was saved in. */
export interface KeyFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

/**
 * Writes NAME.key.pem (0600) and NAME.cert.pem into a folder that is made 0700 if absent.
 * Each file appears whole or not at all, and never over another one.
 * @throws MoongateError FILE_EXISTS, KEYS_INVALID for a name that is not a plain file name.
 */
export async function saveIdentity(
  directory: string,
  name: string,
  identity: Identity,
): Promise<KeyFiles> {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name)) {
    throw new MoongateError("KEYS_INVALID", "the name of a key is not a plain file name", {
      cure: "Choose a plain name such as media.",
    });
  }
  await makeFolder(directory);
  const keyFile = join(directory, `${name}.key.pem`);
  const certFile = join(directory, `${name}.cert.pem`);
  await refuseExisting(certFile);
  await writeWhole(keyFile, identity.privateKeyPem, { replace: false });
  await writeWhole(certFile, identity.certificatePem, { replace: false, mode: 0o644 });
  return { certFile, keyFile };
}

/**
 * Reads an identity back and checks that key and certificate belong together.
 * @throws MoongateError FILE_MISSING; KEYS_INVALID when unreadable, mismatched, or when the key
 *   may be read by others, or when the certificate is not valid today.
 */
export async function loadIdentity(certFile: string, keyFile: string): Promise<Identity> {
  const certificatePem = await readText(certFile);
  const privateKeyPem = await readText(keyFile);
  await refuseOpenKey(keyFile);
  let certificate: X509Certificate;
  let matches: boolean;
  try {
    certificate = new X509Certificate(certificatePem);
    matches = certificate.checkPrivateKey(createPrivateKey(privateKeyPem));
  } catch (cause) {
    throw new MoongateError("KEYS_INVALID", `${certFile} or ${keyFile} is not a PEM file`, {
      cause,
    });
  }
  if (!matches) {
    throw new MoongateError("KEYS_INVALID", `${keyFile} is not the key of ${certFile}`);
  }
  requireOfToday(certificate, certFile);
  return { certificatePem, privateKeyPem, fingerprint: fingerprintOf(certificate) };
}

function requireOfToday(certificate: X509Certificate, certFile: string): void {
  try {
    checkDates(certificate, certFile);
  } catch (cause) {
    const { validFrom, validTo } = certificate;
    const when = `${certFile} is valid from ${validFrom} to ${validTo}, and not today`;
    throw new MoongateError("KEYS_INVALID", when, {
      cause,
      cure: "Set this machine's clock; if it is right, make a new pair with `moongate keys` and have the others pin it.",
    });
  }
}

/** Windows has no such mode bits; there the folder's own rights protect the key. */
async function refuseOpenKey(keyFile: string): Promise<void> {
  if (process.platform === "win32") return;
  const { mode } = await stat(keyFile);
  if ((mode & 0o077) === 0) return;
  throw new MoongateError("KEYS_INVALID", `${keyFile} may be read by other users of this machine`, {
    cure: `Run: chmod 600 ${keyFile}`,
  });
}

async function refuseExisting(file: string): Promise<void> {
  try {
    await stat(file);
  } catch (cause) {
    if (isErrno(cause, "ENOENT")) return;
    throw systemFault(cause, file);
  }
  throw new MoongateError("FILE_EXISTS", `${file} exists already`);
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    if (isErrno(cause, "ENOENT")) throw new MoongateError("FILE_MISSING", `${file} does not exist`);
    throw new MoongateError("KEYS_INVALID", `${file} cannot be read`, { cause });
  }
}

function isErrno(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && "code" in thrown && thrown.code === code;
}
