import { MoongateError } from "@moongate/errors";
import type { Width } from "@moongate/messages";
import { modelIdOf, shareTag } from "../model/share-tag.ts";
import type { PredictionOptions } from "../options.ts";
import type { Channel } from "./channel.ts";
import { exchangeTags } from "./name-and-save.ts";
import type { Session } from "./session.ts";

/**
 * Both say the tags of the shares they will use: together they must make the model's name, or
 * one of the shares is a stranger's. Nothing of a row has been sent by then.
 * @throws MoongateError MODEL_MISMATCH
 */
export async function checkModel(
  session: Session<PredictionOptions>,
  channel: Channel,
): Promise<void> {
  const { document, secret, parameters } = session.options.model;
  const tags = await exchangeTags(session, channel, shareTag(secret, parameters));
  if (modelIdOf(tags) === document.id) return;
  throw new MoongateError(
    "MODEL_MISMATCH",
    `the share ${channel.inner.peer} uses is not the other half of this model`,
  );
}

/** @throws MoongateError MODEL_MISMATCH when a side's columns are not as many as in training. */
export function requireWidth({ options }: Session<PredictionOptions>, width: Width): void {
  const { width: trained } = options.model.document;
  for (const side of ["media", "commerce"] as const) {
    if (width[side] === trained[side]) continue;
    throw new MoongateError(
      "MODEL_MISMATCH",
      `${side} prepares ${width[side]} columns and the model has ${trained[side]} of it`,
    );
  }
}
