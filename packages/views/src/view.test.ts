import {
  appendFileSync,
  mkdtempSync,
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

  it("is refused when it is absent, cut short, of another version or nonsense", () => {
    const refused = (code: string): void => {
      expect(() => openView(folder)).toThrow(expect.objectContaining({ code }));
    };
    refused("FILE_MISSING");
    const writer = new ViewWriter(folder, header);
    writer.add({ ...gradient, rows: 1, cols: 2 }, bytesOf(Float32Array.of(1, 2)));
    writer.close();
    openView(folder).close();
    truncateSync(join(folder, VIEW_FILES.values), 5);
    refused("VIEW_INVALID");
    appendFileSync(join(folder, VIEW_FILES.index), "nonsense\n");
    refused("VIEW_INVALID");
    writeFileSync(
      join(folder, VIEW_FILES.header),
      JSON.stringify({ format: "moongate-view", version: 2 }),
    );
    refused("VIEW_INVALID");
  });
});
