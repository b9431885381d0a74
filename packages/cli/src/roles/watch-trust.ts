import { isDeepStrictEqual } from "node:util";
import { unwatchFile, watchFile } from "node:fs";
import { coordinatorConfigSchema, type TrustedPair } from "@moongate/coordinator";
import { asMoongateError } from "@moongate/errors";
import { loadConfig } from "../config/load.ts";

const LOOK_MS = 2000;

/**
 * Reads the list of trusted pairs again when the configuration file changes, or on SIGHUP. Other
 * settings stay as they were. A file that cannot be read, or is not valid, changes nothing.
 * @param onChange told the new pairs, or none, and what to say.
 * @returns stop
 */
export function watchTrust(
  file: string,
  first: readonly TrustedPair[],
  onChange: (pairs: readonly TrustedPair[] | undefined, text: string) => void,
): () => void {
  let trusted = first;
  let reading = Promise.resolve();
  const read = async (): Promise<void> => {
    try {
      const next = (await loadConfig(file, coordinatorConfigSchema)).trusted;
      if (isDeepStrictEqual(next, trusted)) return;
      trusted = next;
      const count = next.length === 1 ? "one pair is" : `${next.length} pairs are`;
      onChange(next, `The list of trusted pairs was read again: ${count} trusted.`);
    } catch (thrown) {
      const { message } = asMoongateError(thrown);
      onChange(undefined, `The trusted pairs stay as they were: ${message}`);
    }
  };
  const again = (): void => {
    reading = reading.then(read); // one after the other
  };
  watchFile(file, { interval: LOOK_MS, persistent: false }, again);
  process.on("SIGHUP", again);
  return () => {
    unwatchFile(file, again);
    process.off("SIGHUP", again);
  };
}
