import { useEffect, useRef } from "preact/hooks";

/** Fields, in which keys mean something already. */
const TAKEN = "input, select, textarea";

/**
 * Calls the action of a key that is pressed outside of fields.
 *
 * @param actions by the key's name, as the browser has it; one that returns false leaves the key to the browser.
 */
export function useKeys(actions: Readonly<Record<string, () => boolean>>): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const { target, key } = event;
      const inField = target instanceof Element && target.matches(TAKEN);
      if (inField || event.altKey || event.ctrlKey || event.metaKey) return;
      if (latest.current[key]?.() === true) event.preventDefault();
    };
    addEventListener("keydown", pressed);
    return () => {
      removeEventListener("keydown", pressed);
    };
  }, []);
}
