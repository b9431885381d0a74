import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { commerceConfigSchema, commercePredictionSchema } from "@moongate/commerce-party";
import { coordinatorConfigSchema } from "@moongate/coordinator";
import {
  type MediaPredictionConfig,
  mediaConfigSchema,
  mediaPredictionSchema,
} from "@moongate/media-party";
import { describe, expect, it } from "vitest";
import { loadConfig, loadTask } from "./load.ts";

const folder = fileURLToPath(new URL("../../../../examples/", import.meta.url));
const example = (role: string): string => join(folder, `${role}.toml`);

describe("the example configurations", () => {
  it("of the coordinator is valid and shows the defaults", async () => {
    const config = await loadConfig(example("coordinator"), coordinatorConfigSchema);
    expect(config.identity.key).toBe(join(folder, "keys", "coordinator.key.pem"));
    const { identity, trusted, timeouts } = config;
    expect(timeouts).toEqual(coordinatorConfigSchema.parse({ identity, trusted }).timeouts);
  });

  it("of media is valid and shows the defaults", async () => {
    const config = await loadConfig(example("media"), mediaConfigSchema);
    expect(config.data.file).toBe(join(folder, "media.csv"));
    const { session, coordinator, identity, peer, directory } = config;
    const { file, id, objective } = config.data;
    const data = { file, id, objective };
    const own = { session, coordinator, identity, peer, data, directory };
    expect(config).toEqual(mediaConfigSchema.parse(own));
  });

  it("of commerce is valid and shows the defaults", async () => {
    const config = await loadConfig(example("commerce"), commerceConfigSchema);
    const { session, coordinator, identity, peer, directory, labels } = config;
    const { file, id, objective } = config.data;
    const data = { file, id, objective };
    const own = { session, coordinator, identity, peer, data, directory, labels };
    expect(config).toEqual(commerceConfigSchema.parse(own));
  });

  it("of media for a prediction is valid and shows the defaults", async () => {
    const schemas = { train: mediaConfigSchema, predict: mediaPredictionSchema };
    expect((await loadTask(example("media"), schemas)).task).toBe("train");
    const config = await loadTask(example("media-predict"), schemas);
    const permitted = { ...needed("media", config), accept: { predict: true } };
    expect(config).toEqual(schemas.predict.parse(permitted));
  });

  it("of commerce for a prediction is valid and shows the defaults", async () => {
    const schemas = { train: commerceConfigSchema, predict: commercePredictionSchema };
    expect((await loadTask(example("commerce"), schemas)).task).toBe("train");
    const config = await loadTask(example("commerce-predict"), schemas);
    expect(config).toEqual(schemas.predict.parse(needed("commerce", config)));
  });
});

type Shared = "session" | "coordinator" | "identity" | "peer" | "directory" | "data";

/** What a prediction's configuration must have. */
function needed(role: string, config: Pick<MediaPredictionConfig, Shared>): object {
  const { session, coordinator, identity, peer, directory, data } = config;
  const model = join(folder, "runs", `${role}-20260102T030405Z`, "model");
  const { file, id } = data;
  return {
    ...{ task: "predict", session, coordinator, identity, peer, directory, model },
    data: { file, id },
  };
}
