import { ELEMENT_BYTES, headerOf, type NewView, type Tensor, type ViewHeader } from "./format.ts";
import type { View } from "./view.ts";
import type { ViewRecorder } from "./writer.ts";

/** A view that is kept in memory: of sessions inside one process, and of tests. */
export class MemoryView implements View, ViewRecorder {
  readonly header: ViewHeader;
  readonly tensors: Tensor[] = [];
  readonly #bytes = new Map<Tensor, Uint8Array>();
  #offset = 0;

  constructor(view: NewView) {
    this.header = headerOf(view);
  }

  add(tensor: Omit<Tensor, "offset">, bytes: Uint8Array): void {
    const expected = tensor.rows * tensor.cols * ELEMENT_BYTES[tensor.element];
    if (bytes.length !== expected) throw new RangeError(`${tensor.name}: ${bytes.length} bytes`);
    const added = { ...tensor, offset: this.#offset };
    this.tensors.push(added);
    this.#bytes.set(added, bytes.slice());
    this.#offset += bytes.length;
  }

  bytes(tensor: Tensor): Uint8Array {
    const found = this.#bytes.get(tensor);
    if (found === undefined) throw new RangeError(`${tensor.name} is not of this view`);
    return found;
  }
}
