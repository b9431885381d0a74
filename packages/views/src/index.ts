export {
  type NewView,
  type Source,
  type Tensor,
  type ViewHeader,
} from "./format.ts";
export { MemoryView } from "./memory.ts";
export { openView, type ViewFile } from "./reader.ts";
export { type RealMatrix, matrixOf, named, type View } from "./view.ts";
export { type ViewRecorder, ViewWriter } from "./writer.ts";
