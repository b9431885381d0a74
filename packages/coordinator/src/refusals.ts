import type { MoongateError } from "@moongate/errors";
import { named } from "@moongate/transport";
import type { TrustedPair } from "./options.ts";

const WINDOW_MS = 60_000;
const MOST_TOLD = 10;
const MOST_PAIRS = 3;

/**
 * Tells of those who were turned away: ten a minute, and the number of the others, so that a crowd
 * fills neither the terminal nor the disk.
 */
export class RefusalNotes {
  readonly #tell: (text: string) => void;
  #told = 0;
  #untold = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(tell: (text: string) => void) {
    this.#tell = tell;
  }

  add(text: string): void {
    this.#timer ??= setTimeout(() => {
      this.flush();
    }, WINDOW_MS).unref();
    this.#told += 1;
    if (this.#told <= MOST_TOLD) this.#tell(text);
    else this.#untold += 1;
  }

  /** Ends the minute. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#untold > 0) this.#tell(`${this.#untold} more were turned away within a minute`);
    this.#told = 0;
    this.#untold = 0;
  }
}

/** A refused connection in words: what was shown, and what would have been trusted. */
export function refusalText(error: MoongateError, trusted: readonly TrustedPair[]): string {
  if (error.code !== "PEER_UNTRUSTED" || error.details.own !== undefined) {
    return `${error.message}. ${error.cure}`;
  }
  const pairs = trusted
    .slice(0, MOST_PAIRS)
    .map(({ media, commerce }) => `media ${named(media)}, commerce ${named(commerce)}`);
  const more = trusted.length > MOST_PAIRS ? ` and ${trusted.length - MOST_PAIRS} more pairs` : "";
  return `${error.message}. Trusted: ${pairs.join("; ")}${more}`;
}

/** The parties whose pinned fingerprint is still the placeholder of the example configuration. */
export function placeholders(trusted: readonly TrustedPair[]): string[] {
  return trusted.flatMap((pair, at) =>
    (["media", "commerce"] as const)
      .filter((role) => named(pair[role]) !== pair[role])
      .map(
        (role) =>
          `Trusted pair ${at + 1}: the fingerprint of ${role} is ${named(pair[role])}. Replace it by what its \`moongate keys\` printed.`,
      ),
  );
}
