// `npm run bench:kernels`: prints how fast the ring's kernels are on one core.
import { benchKernels } from "./speed/kernels.ts";

for (const [name, figures] of Object.entries(await benchKernels())) {
  for (const [unit, value] of Object.entries(figures)) {
    process.stdout.write(`${name.padEnd(44)} ${value.toLocaleString("en")} ${unit}\n`);
  }
}
