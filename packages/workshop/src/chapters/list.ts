import type { Chapter } from "./chapter.ts";
import { overlap } from "./overlap/overlap.tsx";
import { safe } from "./safe/safe.tsx";
import { product } from "./product/product.tsx";
import { sine } from "./sine/sine.tsx";
import { fences } from "./fences/fences.tsx";
import { joiningChapter } from "./joining/joining.tsx";
import { mask } from "./mask/mask.tsx";
import { federation } from "./federation/federation.tsx";

/** The chapters in their order. Only whole ones are listed. */
export const CHAPTERS: readonly Chapter[] = [
  overlap,
  safe,
  fences,
  mask,
  product,
  sine,
  federation,
  joiningChapter,
];
