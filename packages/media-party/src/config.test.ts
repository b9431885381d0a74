import { checked } from "@moongate/federation";
import { describe, expect, it } from "vitest";
import { mediaConfigSchema } from "./config.ts";

const config = {
  session: "autumn",
  coordinator: { url: "wss://127.0.0.1:7443", fingerprint: "ab".repeat(32) },
  identity: { certificate: "media.cert.pem", key: "media.key.pem" },
  peer: { fingerprint: "AB:".repeat(31) + "CD" },
  data: { file: "media.csv", id: "user" },
  directory: "runs/media-{time}",
};

const check = (value: unknown): unknown =>
  checked(mediaConfigSchema, value, "CONFIG_INVALID", "media.toml");

describe("media's configuration", () => {
  it("has defaults for all that is not named", () => {
    expect(mediaConfigSchema.parse(config)).toMatchObject({
      data: { exclude: [], numbers: "auto" },
      accept: { protocols: ["masked"], maximumLabels: 16 },
      timeouts: { joinMs: 60_000, messageMs: 30_000 },
    });
  });

  it.each([
    [{ ...config, sesion: "x" }, "sesion", "session"],
    [{ ...config, data: { ...config.data, excludes: [] } }, "data.excludes", "exclude"],
    [{ ...config, accept: { maximumLabel: 3 } }, "accept.maximumLabel", "maximumLabels"],
    [{ ...config, timeouts: { joinMS: 3 } }, "timeouts.joinMS", "joinMs"],
  ])("refuses an unknown key and names the one that was meant", (value, key, meant) => {
    expect(() => check(value)).toThrow(
      expect.objectContaining({
        code: "CONFIG_INVALID",
        message: `media.toml has an unknown key "${key}"`,
        details: { key, meant },
      }),
    );
  });

  it.each([
    ["coordinator.url", { ...config, coordinator: { ...config.coordinator, url: "http://x" } }],
    ["peer.fingerprint", { ...config, peer: { fingerprint: "abc" } }],
    ["session", { ...config, session: "a b" }],
    ["data.file", { ...config, data: { id: "user" } }],
  ])("refuses a wrong %s", (key, value) => {
    expect(() => check(value)).toThrow(
      expect.objectContaining({ code: "CONFIG_INVALID", details: { key } }),
    );
  });
});
