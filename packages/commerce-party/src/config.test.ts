import { checked, makePlan } from "@moongate/federation";
import { describe, expect, it } from "vitest";
import { commerceConfigSchema } from "./config.ts";

const config = {
  session: "autumn",
  coordinator: { url: "wss://127.0.0.1:7443", fingerprint: "ab".repeat(32) },
  identity: { certificate: "commerce.cert.pem", key: "commerce.key.pem" },
  peer: { fingerprint: "ab".repeat(32) },
  data: { file: "commerce.csv", id: "user" },
  labels: ["store_order", "live_order"],
  directory: "runs/commerce-{time}",
};

describe("commerce's configuration", () => {
  it("makes the plan that is proposed, with defaults for all that is not named", () => {
    const { session, labels, plan } = commerceConfigSchema.parse({
      ...config,
      plan: { seed: "s", model: { kind: "logistic", epochs: 3 }, alignment: { method: "ecdh" } },
    });
    expect(makePlan(session, labels, plan)).toMatchObject({
      session: "autumn",
      seed: "s",
      labels: ["store_order", "live_order"],
      model: { kind: "logistic", epochs: 3, batchSize: "auto" },
      alignment: { method: "ecdh", idRule: "trimmed" },
    });
  });

  it("refuses unknown keys of the plan and of its parts", () => {
    const check = (plan: unknown): unknown =>
      checked(commerceConfigSchema, { ...config, plan }, "CONFIG_INVALID", "commerce.toml");
    expect(() => check({ epochs: 3 })).toThrow(/unknown key "plan.epochs"/);
    expect(() => check({ model: { kind: "logistic", epoch: 3 } })).toThrow(
      expect.objectContaining({ details: { key: "plan.model.epoch", meant: "epochs" } }),
    );
    expect(() => check({ model: { kind: "forest" } })).toThrow(/"plan.model.kind"/);
  });

  it("refuses a configuration without labels", () => {
    expect(() => commerceConfigSchema.parse({ ...config, labels: [] })).toThrow();
  });
});
