import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makePlan } from "@moongate/messages";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ELEMENT_BYTES, type Element, VIEW_FILES } from "./format.ts";
import { MemoryView } from "./memory.ts";
import { openView } from "./reader.ts";
import { matrixOf, named } from "./view.ts";
import { ViewWriter } from "./writer.ts";

let parent = "";
let folder = "";
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "moongate-view-"));
  folder = join(parent, "view");
});
afterEach(() => {
  rmSync(parent, { recursive: true });
});

const header = {
  process: "media",
  plan: makePlan("s", ["bought"]),
  rows: { train: 4, validation: 1, test: 2 },
  width: { media: 3, commerce: 2 },
} as const;
const gradient = { name: "cut-gradient", source: "received", step: 0, element: "f32" } as const;
const bytesOf = (values: Float32Array): Uint8Array => new Uint8Array(values.buffer);

describe("a recorded view", () => {
  it("gives back every tensor, from files as from memory", () => {
    const elements = Object.keys(ELEMENT_BYTES) as Element[];
    const tensor = fc.record({
      element: fc.constantFrom(...elements),
      rows: fc.nat(5),
      cols: fc.nat(5),
      step: fc.option(fc.nat(100)),
    });
    let runs = 0;
    fc.assert(
      fc.property(fc.array(tensor, { maxLength: 8 }), (shapes) => {
        const path = join(parent, `v${runs++}`);
        const writer = new ViewWriter(path, header);
        const memory = new MemoryView(header);
        shapes.forEach((shape, index) => {
          const size = shape.rows * shape.cols * ELEMENT_BYTES[shape.element];
          const bytes = Uint8Array.from({ length: size }, (_, at) => (at * 37 + index) & 255);
          for (const recorder of [writer, memory]) {
            recorder.add({ name: `t${index}`, source: "received", ...shape }, bytes);
          }
        });
        writer.close();
        const view = openView(path);
        expect(view.header).toEqual(memory.header);
        expect(view.tensors).toEqual(memory.tensors);
        view.tensors.forEach((each, index) => {
          const kept = memory.tensors[index];
          if (kept === undefined) throw new Error("a tensor is missing");
          expect(view.bytes(each)).toEqual(memory.bytes(kept));
          expect(matrixOf(view, each)).toEqual(matrixOf(memory, kept));
        });
        view.close();
      }),
    );
  });

  it("reads numbers, and ring elements as two's complement", () => {
    const memory = new MemoryView(header);
    memory.add({ ...gradient, rows: 1, cols: 2 }, bytesOf(Float32Array.of(0.5, -2)));
    const words = BigInt64Array.of(-3n, 7n);
    const opening = { name: "x", source: "opened", step: null, element: "u64" } as const;
    memory.add({ ...opening, rows: 2, cols: 1 }, new Uint8Array(words.buffer));
    const [first, second] = memory.tensors;
    expect(first && [...matrixOf(memory, first).values]).toEqual([0.5, -2]);
    expect(second && [...matrixOf(memory, second).values]).toEqual([-3, 7]);
    expect(named(memory, "x")).toEqual([second]);
  });

  it("is for its owner alone", () => {
    new ViewWriter(folder, header).close();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const file of Object.values(VIEW_FILES)) {
      expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
    }
  });

  it("refuses bytes of another shape", () => {
    const writer = new ViewWriter(folder, header);
    expect(() => {
      writer.add({ ...gradient, rows: 2, cols: 2 }, new Uint8Array(3));
    }).toThrow(expect.objectContaining({ code: "SHAPE_MISMATCH" }));
    writer.close();
  });

  describe("of three tensors", () => {
    const files = { index: "", values: "" };
    beforeEach(() => {
      const writer = new ViewWriter(folder, header);
      for (const step of [0, 1, 2]) {
        writer.add({ ...gradient, step, rows: 1, cols: 2 }, bytesOf(Float32Array.of(step, 2)));
      }
      writer.close();
      openView(folder).close();
      files.index = join(folder, VIEW_FILES.index);
      files.values = join(folder, VIEW_FILES.values);
    });
    const rewrite = (change: (line: string, at: number) => string): void => {
      const lines = readFileSync(files.index, "utf8").trimEnd().split("\n");
      writeFileSync(files.index, lines.map((line, at) => `${change(line, at)}\n`).join(""));
    };

    it.each([
      ["tensors.bin", () => files.values],
      ["tensors.ndjson", () => files.index],
      ["view.json", () => join(folder, VIEW_FILES.header)],
    ])("is refused without %s, which is named", (name, file) => {
      rmSync(file());
      expect(() => openView(folder)).toThrow(
        expect.objectContaining({
          code: "FILE_MISSING",
          message: expect.stringContaining(name) as string,
        }),
      );
    });

    it.each<[string, () => void]>([
      [
        "a tensor in its middle reaches beyond the file",
        () => {
          rewrite((line, at) => (at === 1 ? line.replace('"rows":1', '"rows":99') : line));
        },
      ],
      [
        "a tensor begins in another",
        () => {
          rewrite((line, at) => (at === 1 ? line.replace('"offset":8', '"offset":4') : line));
        },
      ],
      [
        "a tensor is left out",
        () => {
          rewrite((line, at) => (at === 2 ? "" : line));
          const text = readFileSync(files.index, "utf8");
          writeFileSync(files.index, text.replace(/\n\n$/, "\n"));
        },
      ],
      [
        "the index ends inside a line",
        () => {
          truncateSync(files.index, statSync(files.index).size - 1);
        },
      ],
      [
        "values are cut short",
        () => {
          truncateSync(files.values, 23);
        },
      ],
      [
        "values have more than the tensors",
        () => {
          appendFileSync(files.values, "x");
        },
      ],
    ])("is refused where %s", (_what, damage) => {
      damage();
      expect(() => openView(folder)).toThrow(expect.objectContaining({ code: "VIEW_INVALID" }));
    });
  });

  it("is refused when it is absent, cut short, of another version or nonsense", () => {
    const refused = (code: string): void => {
      expect(() => openView(folder)).toThrow(expect.objectContaining({ code }));
    };
    refused("FILE_MISSING");
    const writer = new ViewWriter(folder, header);
    writer.add({ ...gradient, rows: 1, cols: 2 }, bytesOf(Float32Array.of(1, 2)));
    writer.close();
    const view = openView(folder);
    view.close();
    const openedHeader = view.header;
    truncateSync(join(folder, VIEW_FILES.values), 5);
    refused("VIEW_INVALID");
    appendFileSync(join(folder, VIEW_FILES.index), "nonsense\n");
    refused("VIEW_INVALID");
    writeFileSync(join(folder, VIEW_FILES.header), JSON.stringify({ ...openedHeader, version: 1 }));
    refused("VIEW_INVALID");
  });
});
