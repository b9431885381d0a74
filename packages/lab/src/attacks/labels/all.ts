import { averaged, completion, completionActive } from "./completion.ts";
import { direct } from "./direct.ts";
import { direction } from "./direction.ts";
import { hint } from "./hint.ts";
import { inference } from "./inference.ts";
import { norm } from "./norm.ts";
import { residue } from "./residue.ts";
import type { LabelAttack } from "./run.ts";
import { spectral } from "./spectral.ts";

/** Media's attacks on labels; all run on every recorded view and say where they do not apply. */
export const labelAttacks: readonly LabelAttack[] = [
  norm,
  direction,
  hint,
  spectral,
  direct,
  completion,
  completionActive,
  averaged,
  inference,
  residue,
];
