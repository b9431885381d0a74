// `npm run bench:transport`: prints how fast every kind of link is, all ends in one process.
import { markdown, number } from "./figures/page.ts";
import { benchTransport } from "./speed/transport.ts";

const rows = (await benchTransport()).map((one) => [
  one.link,
  ...[one.bytes, one.roundTripUs, one.cpuUs, one.megabytesPerSecond].map((value) => number(value)),
]);
process.stdout.write(
  `${markdown(["link", "bytes", "round trip, us", "CPU of it, us", "MB/s"], rows)}\n`,
);
