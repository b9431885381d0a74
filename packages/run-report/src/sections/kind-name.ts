import { WORDS, type Say, type WordKey } from "../words/words.ts";

/** A kind of message in words; one without any is called as on the wire. */
export function kindName(kind: string, say: Say): string {
  const key = `wire.${kind}`;
  return Object.hasOwn(WORDS, key) ? say(key as WordKey) : kind;
}
