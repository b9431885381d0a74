// Loaded into every process of a demo by NODE_OPTIONS="--import …": where MOONGATE_PROFILES names a
// folder, the three processes of the session leave a CPU profile of their training phase there.
import { subscribe } from "node:diagnostics_channel";
import { writeFileSync } from "node:fs";
import { Session } from "node:inspector";
import { join } from "node:path";
import { PHASE_CHANNEL } from "@moongate/telemetry/process";

const MICROSECONDS = 500;
const folder = process.env.MOONGATE_PROFILES;
const role = process.argv[2] ?? "";

if (folder !== undefined && ["coordinator", "media", "commerce"].includes(role)) {
  const session = new Session();
  session.connect();
  // The session is with this very process, so that answers come before post returns.
  const answered = (error: Error | null): void => {
    if (error !== null) throw error;
  };
  let running = false;
  subscribe(PHASE_CHANNEL, (message) => {
    if ((message as { readonly phase: string }).phase === "training") {
      session.post("Profiler.enable", answered);
      session.post("Profiler.setSamplingInterval", { interval: MICROSECONDS }, answered);
      session.post("Profiler.start", answered);
      running = true;
    } else if (running) {
      running = false;
      session.post("Profiler.stop", (error, { profile }) => {
        answered(error);
        writeFileSync(join(folder, `${role}.json`), JSON.stringify(profile));
      });
    }
  });
}
