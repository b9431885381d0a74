import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { runHere } from "../testing/run-here.ts";
import { defenceForms, defenceOption } from "./defence-option.ts";

describe("--defence", () => {
  it("reads a name with its numbers", () => {
    expect(defenceOption("marvell:4")).toEqual({ gradient: { kind: "marvell", s: 4 } });
    expect(defenceOption("gaussian:1:2.5")).toEqual({
      gradient: { kind: "gaussian", clip: 1, multiplier: 2.5 },
    });
    expect(defenceOption("max-norm")).toEqual({ gradient: { kind: "max-norm" } });
  });

  it("adds one of another place, and refuses two of the same", () => {
    const both = defenceOption("noise:1:0.5", defenceOption("rr:2"));
    expect(both).toEqual({
      labels: { kind: "randomised-response", epsilon: 2 },
      embedding: { kind: "noise", clip: 1, multiplier: 0.5 },
    });
    expect(() => defenceOption("max-norm", defenceOption("marvell:4"))).toThrow(/already/);
  });

  it("knows every form that help shows", () => {
    const values: Record<string, string> = { prior: "0.1", quantile: "0.9", bins: "8" };
    for (const form of defenceForms()) {
      const text = form.replaceAll(/<(\w+)>/g, (_, name: string) => values[name] ?? "2");
      expect(Object.keys(defenceOption(text))).toHaveLength(1);
    }
  });

  it("is told in every form by help, by the README and by the page of defences", async () => {
    const { out: help } = await runHere(["demo", "--help"]);
    const root = new URL("../../../../", import.meta.url);
    const readme = await readFile(new URL("README.md", root), "utf8");
    const row = readme.split("\n").find((line) => line.startsWith("| `--defence")) ?? "";
    expect(row).toContain("(docs/privacy/defences.md)");
    const page = await readFile(new URL("docs/privacy/defences.md", root), "utf8");
    for (const form of defenceForms()) {
      expect(help.split(/[\s,]+/)).toContain(form);
      expect(row).toContain(`\`${form}\``);
      expect(page).toContain(`\`--defence ${form}\``);
    }
  });

  it.each([
    ["magic:1", /Known defences are rr:<epsilon>/],
    ["constructor", /Known defences/],
    ["marvell", /Write marvell:<s>/],
    ["marvell:1:2", /Write marvell:<s>/],
    ["marvell:", /"gradient.s"/],
    ["marvell:x", /"gradient.s"/],
    ["discretisation:2.5", /"gradient.bins"/],
    ["rr-prior:1:1", /"labels.prior"/],
  ])("%s is refused", (text, words) => {
    expect(() => defenceOption(text)).toThrow(words);
  });
});
