import type { Plan } from "@moongate/messages";
import { saveModel } from "../model/save.ts";
import { withAbsentRow } from "../model/absent-row.ts";
import { modelIdOf, shareTag } from "../model/share-tag.ts";
import type { SessionOptions } from "../options.ts";
import { receiveNote, sendNote } from "../notes.ts";
import type { Channel } from "./channel.ts";
import type { Joined } from "./join.ts";
import type { Prepared } from "./prepare.ts";
import type { Session } from "./session.ts";
import type { Trained } from "./training.ts";

/**
 * 1. Both say the tags of their shares; the model's name is derived from both tags.
 * 2. Each writes its own share, secret and preparation into its run directory.
 */
export async function nameAndSave(
  session: Session,
  { plan }: Joined<Plan>,
  channel: Channel,
  { fitted, width, hidden }: Prepared,
  { parameters, secret }: Trained,
): Promise<string> {
  const { role, run } = session;
  const id = modelIdOf(await exchangeTags(session, channel, shareTag(secret, parameters)));
  const preparation = withAbsentRow(fitted.document, hidden?.absent);
  await saveModel(run, { id, role, plan, width, parameters, secret, preparation });
  return id;
}

/** The tags of both parties' shares, in their own channel. */
export async function exchangeTags(
  { role, timeouts }: Session<SessionOptions>,
  { inner }: Channel,
  own: string,
): Promise<{ readonly media: string; readonly commerce: string }> {
  await sendNote(inner, { type: "model", tag: own });
  const { tag } = await receiveNote(inner, "model", timeouts.workMs);
  return role === "media" ? { media: own, commerce: tag } : { media: tag, commerce: own };
}
