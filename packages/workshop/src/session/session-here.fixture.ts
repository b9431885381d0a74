import { sha256 } from "@moongate/crypto";
import { intercept, PortLink } from "@moongate/transport/ports";
import { ErrorReader } from "./attack.ts";
import { runCoordinator } from "./coordinator.ts";
import { runParty } from "./party.ts";
import type { WorkshopPlan } from "./plan.ts";
import { lineSecret } from "./secrets.ts";
import { partyTable } from "./tables.ts";

/** The session of the page, all three roles in this Node process; `tags` digests media's tags. */
export async function sessionHere(plan: WorkshopPlan) {
  const line = (a: string, b: string): [PortLink, PortLink] => {
    const { port1, port2 } = new MessageChannel();
    const secret = lineSecret(plan.seed, [a, b].sort().join(" and "));
    return [new PortLink(port1, { peer: b, secret }), new PortLink(port2, { peer: a, secret })];
  };
  const [mediaPair, commercePair] = line("media", "commerce");
  const [mediaOuter, toMedia] = line("media", "coordinator");
  const [commerceOuter, toCommerce] = line("commerce", "coordinator");
  const table = (side: "media" | "commerce") =>
    partyTable(side, plan.seed, plan.users, plan.conversion);
  const reader = new ErrorReader();
  let tags: Uint8Array = new Uint8Array();
  const tapped = intercept(mediaOuter, {
    onSend: ({ kind, payload }) => {
      if (kind === "psitag") tags = sha256(tags, payload);
      return undefined;
    },
  });
  const [media, commerce, sizes] = await Promise.all([
    runParty(
      "media",
      plan,
      table("media"),
      { pair: mediaPair, coordinator: tapped },
      {
        onOpened: (opened) => {
          reader.take(opened);
        },
        onBatch: (_step, rows) => {
          reader.batch(rows);
        },
      },
    ),
    runParty("commerce", plan, table("commerce"), {
      pair: commercePair,
      coordinator: commerceOuter,
    }),
    runCoordinator(plan, { media: toMedia, commerce: toCommerce }),
  ]);
  await Promise.all([mediaPair.close(), mediaOuter.close(), commerceOuter.close()]);
  return { media, commerce, sizes, tags, attempt: reader.scores(media.sizes.train) };
}
