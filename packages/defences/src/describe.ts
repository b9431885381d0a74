import type { DefencePlan } from "@moongate/catalogue";
import { embeddingStatement } from "./embedding-defences.ts";
import { gradientStatement } from "./gradient-defences.ts";
import { labelStatement } from "./label-defences.ts";
import type { DefenceStatement } from "./statement.ts";

/** One statement for each defence of the plan; none for a plan without. */
export function describeDefence({ labels, gradient, embedding }: DefencePlan): DefenceStatement[] {
  const drawn = labels !== undefined;
  return [
    ...(labels
      ? [
          {
            ...of("labels", labels.kind),
            inFavourOf: "commerce" as const,
            ...labelStatement(labels),
          },
        ]
      : []),
    ...(gradient
      ? [
          {
            ...of("gradient", gradient.kind),
            inFavourOf: "commerce" as const,
            ...(drawn ? { caution: ON_DRAWS } : {}),
            ...gradientStatement(gradient, drawn),
          },
        ]
      : []),
    ...(embedding
      ? [
          {
            ...of("embedding", embedding.kind),
            inFavourOf: "media" as const,
            ...embeddingStatement(embedding),
          },
        ]
      : []),
  ];
}

const of = <Place extends keyof DefencePlan>(place: Place, kind: string) => ({ place, kind });

const ON_DRAWS =
  "it works on drawn labels: the ε of the label defence holds whatever this adds, and this one's statement is of the draws";
