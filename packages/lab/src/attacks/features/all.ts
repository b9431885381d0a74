import type { Attack } from "../attack.ts";
import { openedColumns } from "../masks/opened-columns.ts";
import { equationSolving } from "./equation-solving.ts";
import { generativeRegression } from "./generative-regression.ts";
import { gram } from "./gram.ts";
import type { ReleasedModelAttack } from "./released-model.ts";
import { shadowInversion } from "./shadow-inversion.ts";

/** Commerce's attacks on media's columns; all run on every view and say where they do not apply. */
export const featureAttacks: readonly Attack[] = [shadowInversion, gram, openedColumns];

/** Commerce's attacks where the joint model is released, media's part included. */
export const releasedModelAttacks: readonly ReleasedModelAttack[] = [
  equationSolving,
  generativeRegression,
];
