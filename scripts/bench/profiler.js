// Loaded into every process of a demo by NODE_OPTIONS="--import …": where MOONGATE_PROFILES names a
// folder, the three processes of the session leave a CPU profile of their training phase there.
import { subscribe } from "node:diagnostics_channel";
import { writeFileSync } from "node:fs";
import { Session } from "node:inspector";
import { join } from "node:path";

const MICROSECONDS = 500;
const folder = process.env.MOONGATE_PROFILES;
const role = process.argv[2];

if (folder !== undefined && ["coordinator", "media", "commerce"].includes(role)) {
  const { PHASE_CHANNEL } = await import("@moongate/telemetry/process");
  const session = new Session();
  session.connect();
  // Of the process itself, so answers come at once.
  const ask = (method, options) => {
    let answer;
    session.post(method, options, (error, result) => {
      if (error) throw new Error(`${method}: ${error.message}`);
      answer = result;
    });
    return answer;
  };
  let running = false;
  subscribe(PHASE_CHANNEL, ({ phase }) => {
    if (phase === "training") {
      ask("Profiler.enable");
      ask("Profiler.setSamplingInterval", { interval: MICROSECONDS });
      ask("Profiler.start");
      running = true;
    } else if (running) {
      running = false;
      const { profile } = ask("Profiler.stop");
      writeFileSync(join(folder, `${role}.json`), JSON.stringify(profile));
    }
  });
}
