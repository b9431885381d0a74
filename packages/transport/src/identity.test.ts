import { X509Certificate } from "node:crypto";
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createIdentity, normaliseFingerprint } from "./identity.ts";
import { loadIdentity, saveIdentity } from "./keyfiles.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "moongate-keys-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe("createIdentity", () => {
  it("makes a self-signed P-256 certificate for ten years", async () => {
    const identity = await createIdentity({ commonName: "media party" });
    const certificate = new X509Certificate(identity.certificatePem);
    expect(certificate.subject).toBe("CN=media party");
    expect(certificate.issuer).toBe(certificate.subject);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.publicKey.asymmetricKeyDetails?.namedCurve).toBe("prime256v1");
    const years = Date.parse(certificate.validTo) - Date.parse(certificate.validFrom);
    expect(Math.round(years / 365.2425 / 24 / 3600 / 1000)).toBe(10);
    expect(identity.fingerprint).toBe(normaliseFingerprint(certificate.fingerprint256));
  });

  it("never repeats a serial number, a key or a fingerprint", async () => {
    const [a, b] = await Promise.all([
      createIdentity({ commonName: "a" }),
      createIdentity({ commonName: "a" }),
    ]);
    expect(new X509Certificate(a.certificatePem).serialNumber).not.toBe(
      new X509Certificate(b.certificatePem).serialNumber,
    );
    expect(a.privateKeyPem).not.toBe(b.privateKeyPem);
    expect(a.fingerprint).not.toBe(b.fingerprint);
  });

  it.each(["", "a,CN=b", "x".repeat(65), "né"])("refuses the name %j", async (commonName) => {
    await expect(createIdentity({ commonName })).rejects.toMatchObject({ code: "KEYS_INVALID" });
  });
});

describe("key files", () => {
  it("round-trips, with the key for the owner only", async () => {
    const identity = await createIdentity({ commonName: "media" });
    const inner = join(folder, "new");
    const { certFile, keyFile } = await saveIdentity(inner, "media", identity);
    expect(await loadIdentity(certFile, keyFile)).toEqual(identity);
    expect((await readdir(inner)).sort()).toEqual(["media.cert.pem", "media.key.pem"]);
    expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
    expect((await stat(inner)).mode & 0o777).toBe(0o700);
  });

  it("refuses to overwrite either file", async () => {
    const identity = await createIdentity({ commonName: "media" });
    const { certFile, keyFile } = await saveIdentity(folder, "media", identity);
    const refusal = { code: "FILE_EXISTS" };
    await expect(saveIdentity(folder, "media", identity)).rejects.toMatchObject(refusal);
    await rm(certFile);
    await expect(saveIdentity(folder, "media", identity)).rejects.toMatchObject(refusal);
    expect(await readdir(folder)).toEqual(["media.key.pem"]);
    expect((await stat(keyFile)).size).toBeGreaterThan(0);
  });

  it("refuses a name that leaves the folder", async () => {
    const identity = await createIdentity({ commonName: "media" });
    await expect(saveIdentity(folder, "../media", identity)).rejects.toMatchObject({
      code: "KEYS_INVALID",
    });
  });

  it("refuses a key that others may read, and says how to mend it", async () => {
    const identity = await createIdentity({ commonName: "media" });
    const { certFile, keyFile } = await saveIdentity(folder, "media", identity);
    await chmod(keyFile, 0o640);
    await expect(loadIdentity(certFile, keyFile)).rejects.toMatchObject({
      code: "KEYS_INVALID",
      cure: `Run: chmod 600 ${keyFile}`,
    });
  });

  it("refuses missing files, garbage and a key of another certificate", async () => {
    const media = await createIdentity({ commonName: "media" });
    const shop = await createIdentity({ commonName: "commerce" });
    const mine = await saveIdentity(folder, "media", media);
    const theirs = await saveIdentity(folder, "commerce", shop);
    const garbage = join(folder, "garbage.pem");
    await writeFile(garbage, "not a key", { mode: 0o600 });
    await expect(loadIdentity(join(folder, "no.pem"), mine.keyFile)).rejects.toMatchObject({
      code: "FILE_MISSING",
    });
    await expect(loadIdentity(garbage, mine.keyFile)).rejects.toMatchObject({
      code: "KEYS_INVALID",
    });
    await expect(loadIdentity(mine.certFile, garbage)).rejects.toMatchObject({
      code: "KEYS_INVALID",
    });
    await expect(loadIdentity(mine.certFile, theirs.keyFile)).rejects.toMatchObject({
      code: "KEYS_INVALID",
      message: `${theirs.keyFile} is not the key of ${mine.certFile}`,
    });
  });
});
