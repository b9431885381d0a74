import { z } from "zod";

/** The kinds of model that are compared. */
export const modelKindSchema = z.enum(["logistic", "relu", "sine"]);
export type ModelKind = z.infer<typeof modelKindSchema>;
