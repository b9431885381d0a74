/**
 * Lets sockets, message ports and timers have their turn in the middle of long computing. Node's
 * way is setImmediate; a browser has a message channel, whose messages, unlike timers, are not
 * held back for milliseconds.
 */
export const nextTurn: () => Promise<void> =
  "setImmediate" in globalThis
    ? () =>
        new Promise((resolve) => {
          setImmediate(resolve);
        })
    : turnsOfChannel();

function turnsOfChannel(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.addEventListener("message", () => {
    waiting.shift()?.();
  });
  port1.start();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port2.postMessage(undefined);
    });
}
