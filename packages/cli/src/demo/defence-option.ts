import { checked, type DefencePlan, defenceSchema } from "@moongate/messages";
import { InvalidArgumentError } from "commander";

/** One named defence of the command line. */
interface Named {
  readonly place: keyof DefencePlan;
  readonly kind: string;
  /** What the numbers after its name are, in order. */
  readonly values: readonly string[];
}

/** By the name on the command line; the same kinds as in a plan. */
const DEFENCES: Readonly<Record<string, Named>> = {
  rr: { place: "labels", kind: "randomised-response", values: ["epsilon"] },
  "rr-prior": {
    place: "labels",
    kind: "randomised-response-with-prior",
    values: ["epsilon", "prior"],
  },
  "lp-2st": { place: "labels", kind: "lp-2st", values: ["epsilon", "prior"] },
  gaussian: { place: "gradient", kind: "gaussian", values: ["clip", "multiplier"] },
  marvell: { place: "gradient", kind: "marvell", values: ["s"] },
  "max-norm": { place: "gradient", kind: "max-norm", values: [] },
  isotropic: { place: "gradient", kind: "isotropic", values: ["t"] },
  sparsification: { place: "gradient", kind: "sparsification", values: ["quantile"] },
  discretisation: { place: "gradient", kind: "discretisation", values: ["bins"] },
  noise: { place: "embedding", kind: "noise", values: ["clip", "multiplier"] },
  "distance-correlation": { place: "embedding", kind: "distance-correlation", values: ["weight"] },
};

/** `name:value:value` for each defence, as help shows them. */
export const DEFENCE_FORMS: readonly string[] = Object.entries(DEFENCES).map(([name, { values }]) =>
  [name, ...values.map((value) => `<${value}>`)].join(":"),
);

/** Reads `--defence marvell:4`; given again it adds one of another place. */
export function defenceOption(text: string, before: DefencePlan = {}): DefencePlan {
  const [name = "", ...given] = text.split(":");
  const named = Object.hasOwn(DEFENCES, name) ? DEFENCES[name] : undefined;
  if (named === undefined) {
    throw new InvalidArgumentError(`Known defences are ${DEFENCE_FORMS.join(", ")}.`);
  }
  const { place, kind, values } = named;
  if (given.length !== values.length) {
    throw new InvalidArgumentError(`Write ${[name, ...values.map((v) => `<${v}>`)].join(":")}.`);
  }
  if (before[place] !== undefined) {
    throw new InvalidArgumentError(`There is a defence of the ${WHERE[place]} already.`);
  }
  const numbers = given.map((value) => (value.trim() === "" ? Number.NaN : Number(value)));
  const chosen = { kind, ...Object.fromEntries(values.map((value, at) => [value, numbers[at]])) };
  return checked(defenceSchema, { ...before, [place]: chosen }, "USAGE", "--defence");
}

const WHERE: Readonly<Record<keyof DefencePlan, string>> = {
  labels: "labels",
  gradient: "gradients",
  embedding: "embeddings",
};
