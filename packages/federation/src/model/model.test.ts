import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makePlan } from "@moongate/messages";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openRunDirectory } from "../run-directory.ts";
import { checksumOf, MODEL_FILES, modelDocumentSchema } from "./document.ts";
import { loadModel, predictionPlan } from "./load.ts";
import { type ModelToSave, saveModel } from "./save.ts";
import { modelIdOf, shareTag } from "./share-tag.ts";

const plan = makePlan("autumn", ["bought"], { seed: "s", model: { kind: "logistic" } });
const words = (length: number, from: number): Uint8Array =>
  Uint8Array.from({ length: 8 * length }, (_, index) => from + index);
const parameters = [
  { name: "hidden", rows: 3, cols: 2, scale: 24, words: words(6, 0) },
  { name: "output", rows: 3, cols: 1, scale: 24, words: words(3, 100) },
];
const secret = words(4, 50);
const kept: ModelToSave = {
  id: modelIdOf({ media: shareTag(secret, parameters), commerce: "ab".repeat(32) }),
  role: "media",
  plan,
  width: { media: 2, commerce: 1 },
  parameters,
  secret,
  preparation: { format: "own", columns: ["views", "straße"] },
};

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "moongate-model-"));
  await saveModel(await openRunDirectory(join(folder, "run")), kept);
});
afterEach(() => rm(folder, { recursive: true, force: true }));
const model = (): string => join(folder, "run", "model");

describe("a saved model", () => {
  it("is read back as it was, for its owner alone, and nothing else is left", async () => {
    const loaded = await loadModel(model(), "media");
    expect(loaded.parameters).toEqual(parameters);
    expect(loaded.secret).toEqual(secret);
    expect(loaded.preparation).toEqual(kept.preparation);
    expect(predictionPlan("winter", loaded)).toMatchObject({
      task: "predict",
      session: "winter",
      modelId: kept.id,
      seed: "s",
      model: plan.model,
      labels: ["bought"],
      alignment: plan.alignment,
    });
    expect(await readdir(join(folder, "run"))).toEqual(["model"]);
    expect((await stat(model())).mode & 0o777).toBe(0o700);
    for (const name of await readdir(model())) {
      expect((await stat(join(model(), name))).mode & 0o777, name).toBe(0o600);
    }
  });

  it("describes itself by its schema, without the secret or a word of the share", async () => {
    const text = await readFile(join(model(), MODEL_FILES.document), "utf8");
    const document = modelDocumentSchema.parse(JSON.parse(text));
    expect(document.parameters).toEqual(parameters.map(({ words: _, ...shape }) => shape));
    expect(text).not.toContain(Buffer.from(secret).toString("hex"));
  });

  it.each(Object.values(MODEL_FILES))("is refused with one bit of %s changed", async (name) => {
    const bytes = await readFile(join(model(), name));
    for (const at of [0, Math.floor(bytes.length / 2), bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      // A final line feed is white space: it may change into other white space.
      if (name === MODEL_FILES.document && at === bytes.length - 1) continue;
      await writeFile(join(model(), name), changed);
      await expect(loadModel(model(), "media")).rejects.toMatchObject({
        code: "MODEL_INVALID",
        cure: expect.stringMatching(/^Restore the model's folder/) as string,
      });
    }
  });

  it.each(Object.values(MODEL_FILES))("is refused with %s cut short or gone", async (name) => {
    const path = join(model(), name);
    const bytes = await readFile(path);
    await writeFile(path, bytes.subarray(0, -2));
    await expect(loadModel(model(), "media")).rejects.toMatchObject({ code: "MODEL_INVALID" });
    await rm(path);
    const code = name === MODEL_FILES.document ? "FILE_MISSING" : "MODEL_INVALID";
    await expect(loadModel(model(), "media")).rejects.toMatchObject({ code });
  });

  async function rewritten(change: object): Promise<void> {
    const path = join(model(), MODEL_FILES.document);
    const old = JSON.parse(await readFile(path, "utf8")) as Record<string, unknown>;
    const document = { ...old, ...change };
    const sealed = { ...document, checksum: checksumOf(document) };
    await writeFile(path, JSON.stringify(sealed));
  }

  it("of a newer version is refused as such", async () => {
    await rewritten({ version: 3, somethingNew: true });
    await expect(loadModel(model(), "media")).rejects.toMatchObject({
      code: "MODEL_INVALID",
      message: expect.stringContaining("newer version") as string,
      cure: expect.stringContaining("Install") as string,
    });
  });

  it.each([
    [{ format: "another" }, "does not describe a model"],
    [{ labels: [] }, '"labels"'],
    [{ model: { kind: "forest" } }, '"model'],
    [{ something: "new" }, 'unknown key "something"'],
    [{ parameters: [{ name: "hidden", rows: 10, cols: 1, scale: 24 }] }, "bytes"],
  ])("with %j is refused", async (change, words_) => {
    await rewritten(change);
    await expect(loadModel(model(), "media")).rejects.toMatchObject({
      code: "MODEL_INVALID",
      message: expect.stringContaining(words_) as string,
    });
  });

  it("of the other party is refused", async () => {
    await expect(loadModel(model(), "commerce")).rejects.toMatchObject({
      code: "MODEL_INVALID",
      message: expect.stringContaining("media's share") as string,
    });
  });
});

describe("tags of shares", () => {
  const [first, second] = parameters as [(typeof parameters)[0], (typeof parameters)[0]];

  it("differ with every part of the share and with the secret", () => {
    const other = { ...first, words: first.words.map((byte, at) => (at === 7 ? byte ^ 1 : byte)) };
    const tags = [
      shareTag(secret, [first, second]),
      shareTag(words(4, 51), [first, second]),
      shareTag(secret, [other, second]),
      shareTag(secret, [{ ...first, scale: 25 }, second]),
      shareTag(secret, [{ ...first, name: "h" }, second]),
      shareTag(secret, [second, first]),
      shareTag(secret, [first]),
    ];
    expect(new Set(tags).size).toBe(tags.length);
    expect(shareTag(secret, [first, second])).toBe(tags[0]);
  });

  it("make the name of a model, which neither can keep with another share", () => {
    const [a, b, c] = ["aa", "bb", "cc"].map((pair) => pair.repeat(32)) as [string, string, string];
    const id = modelIdOf({ media: a, commerce: b });
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    const others = [
      modelIdOf({ media: a, commerce: c }),
      modelIdOf({ media: c, commerce: b }),
      modelIdOf({ media: b, commerce: a }),
    ];
    expect(others).not.toContain(id);
  });
});
