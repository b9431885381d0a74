import type { MaskSource } from "@moongate/mpc";

/**
 * THE INSECURE CONTROL of the masked protocol: every mask is zero, so what a party opens is the
 * bare value. Attacks must succeed on such a session, or their failure on the real one says nothing.
 *
 * It exists in the lab alone. No plan, configuration or command line can name it: a session gets it
 * as an argument of code (`masks: () => new NoMasks()`), at all three processes, or it ends wrong.
 */
export class NoMasks implements MaskSource {
  openStep(): void {
    // No step has masks, so none can be used twice.
  }

  stream(): ReturnType<MaskSource["stream"]> {
    return {
      fill: (target) => {
        target.fill(0);
      },
    };
  }

  tableMask(): ReturnType<MaskSource["tableMask"]> {
    return {
      fill: (_firstRow, target) => {
        target.fill(0);
      },
    };
  }
}
