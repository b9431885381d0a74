import { planSchema, roleSchema, partitionRowsSchema, widthSchema } from "@moongate/messages";
import { z } from "zod";

/** The version of recorded views; raised when their meaning changes. */
export const VIEW_VERSION = 2;
export const VIEW_FORMAT = "moongate-view";

/** The files of a view's folder, `view/` of a process's run directory. */
export const VIEW_FILES = {
  header: "view.json",
  /** One JSON document a line, one line a tensor. */
  index: "tensors.ndjson",
  /** The tensors' numbers, little-endian, row-major, one after the other. */
  values: "tensors.bin",
  /** The file that says in plain words what the folder holds. */
  notice: "README.txt",
} as const;

/** The owner of a view, and the session that it is of. */
export const viewHeaderSchema = z.strictObject({
  format: z.literal(VIEW_FORMAT),
  version: z.literal(VIEW_VERSION),
  process: roleSchema,
  plan: planSchema,
  /** Rows of the joint table in arranged order: training, validation, test. */
  rows: partitionRowsSchema,
  width: widthSchema,
  /** The number of the session among those of its name, from 1: part of the labels of masks. */
  incarnation: z.number().int().min(1).default(1),
});
export type ViewHeader = z.infer<typeof viewHeaderSchema>;

/** What who records says of the session. */
export type NewView = Omit<ViewHeader, "format" | "version" | "incarnation"> & {
  /** 1 by default. */
  readonly incarnation?: number | undefined;
};

/** The header of a new view. */
export const headerOf = (view: NewView): ViewHeader => ({
  ...view,
  format: VIEW_FORMAT,
  version: VIEW_VERSION,
  incarnation: view.incarnation ?? 1,
});

/** f32, f64: numbers; u64: ring elements, two's complement; u32: positions, angles; u8: 0/1, bytes. */
export const elementSchema = z.enum(["f32", "f64", "u64", "u32", "u8"]);
export type Element = z.infer<typeof elementSchema>;

/**
 * The origin of a tensor. own: the process brought it (features, labels). public: all know it (the rows of a batch).
 * received: it came as it is. opened: what came together with what the process sent, added up.
 * computed: the process made it of what it has.
 * secret: a key that the process holds because of its role; recorded of a corrupt process alone.
 */
export const sourceSchema = z.enum(["own", "public", "received", "opened", "computed", "secret"]);
export type Source = z.infer<typeof sourceSchema>;

export const tensorSchema = z.strictObject({
  /** Name of a tensor, such as "batch", "cut-gradient", "embedding", "6:sine-backward/epsilon": see README.md. */
  name: z.string().min(1).max(100),
  source: sourceSchema,
  /** The training step from 0, over all epochs; null outside training. */
  step: z.number().int().min(0).nullable(),
  rows: z.number().int().min(0),
  cols: z.number().int().min(0),
  element: elementSchema,
  /** The place in the file of values. */
  offset: z.number().int().min(0),
});
export type Tensor = z.infer<typeof tensorSchema>;

export const ELEMENT_BYTES: Readonly<Record<Element, number>> = {
  f32: 4,
  f64: 8,
  u64: 8,
  u32: 4,
  u8: 1,
};
