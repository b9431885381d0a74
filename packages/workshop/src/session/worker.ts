import { type Link, PortLink } from "@moongate/transport/ports";
import { ErrorReader } from "./attack.ts";
import { besides } from "./beside.ts";
import { runCoordinator } from "./coordinator.ts";
import { runParty } from "./party.ts";
import type { WorkshopPlan } from "./plan.ts";
import type { News, Order } from "./protocol.ts";
import type { WorkerRole } from "./roles.ts";
import { lineSecret } from "./secrets.ts";
import { glance, partyTable } from "./tables.ts";
import { Tap } from "./tap.ts";

/** One party, or the coordinator, in a worker of its own. */

const tell = (news: News): void => {
  postMessage(news);
};

let tap: Tap | undefined;

addEventListener("message", (event: MessageEvent<Order>) => {
  const order = event.data;
  if (order.order === "pace") tap?.pace(order.pace);
  else if (order.order === "next") tap?.next();
  else if (order.order === "measure") {
    besides(order.plan).then(
      (beside) => {
        tell({ news: "beside", beside });
      },
      (thrown: unknown) => {
        tell({ news: "failed", role: "owner", message: messageOf(thrown) });
      },
    );
  } else {
    const { role, plan, ports } = order;
    tap = new Tap(role, order, (frame, waits) => {
      tell({ news: "frame", frame, waits });
    });
    begin(role, plan, ports, tap).catch((thrown: unknown) => {
      tell({ news: "failed", role, message: messageOf(thrown) });
    });
  }
});

const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : "?");

type Ports = Readonly<Partial<Record<WorkerRole, MessagePort>>>;

async function begin(
  role: WorkerRole,
  plan: WorkshopPlan,
  ports: Ports,
  tapped: Tap,
): Promise<void> {
  const link = (peer: WorkerRole): Link => {
    const port = ports[peer];
    if (port === undefined) throw new Error(`${role} has no line to ${peer}`);
    const secret = lineSecret(plan.seed, [role, peer].sort().join(" and "));
    return tapped.on(new PortLink(port, { peer, secret }), peer);
  };
  if (role === "coordinator") {
    const links = { media: link("media"), commerce: link("commerce") };
    tell({ news: "coordinator", sizes: await runCoordinator(plan, links) });
    return;
  }
  const other = role === "media" ? "commerce" : "media";
  const table = partyTable(role, plan.seed, plan.users, plan.conversion);
  tell({ news: "holds", side: role, table: glance(table) });
  const reader = role === "media" ? new ErrorReader() : undefined;
  const links = { pair: link(other), coordinator: link("coordinator") };
  const outcome = await runParty(role, plan, table, links, {
    onProgress: (phase, done, total) => {
      if (role === "commerce") tell({ news: "progress", phase, done, total });
    },
    onOpened: (opened) => reader?.take(opened),
    onBatch: (_step, rows) => reader?.batch(rows),
    onDisclosure: (line) => {
      if (role === "commerce") tell({ news: "opened", line });
    },
    onEpoch: (epoch, auc) => {
      tell({ news: "epoch", epoch, auc });
    },
  });
  const attempt = reader?.scores(outcome.sizes.train);
  tell({ news: "party", side: role, outcome, attempt });
}
