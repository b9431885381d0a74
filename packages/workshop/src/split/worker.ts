import { ordered, type SplitNews, type SplitOrder } from "./orders.ts";

/** Split trainings in a worker of their own, one after the other. */

let last: Promise<unknown> = Promise.resolve();

addEventListener("message", ({ data }: MessageEvent<SplitOrder>) => {
  last = last.then(async () => {
    const answer: SplitNews = await ordered(data).then(
      (outcome) => ({ id: data.id, outcome }),
      (thrown: unknown) => ({
        id: data.id,
        failure: thrown instanceof Error ? thrown.message : "?",
      }),
    );
    postMessage(answer);
  });
});
