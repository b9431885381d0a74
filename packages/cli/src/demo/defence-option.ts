import {
  type DefenceEntry,
  type DefencePlan,
  type Defences,
  DEFENCES,
  defenceSchemaOf,
  type Place,
  settingsOf,
} from "@moongate/catalogue";
import { checked } from "@moongate/messages";
import { InvalidArgumentError } from "commander";

/** `name:value:value` for each defence, as help shows them. */
export function defenceForms(defences: Defences = DEFENCES): string[] {
  return Object.values(defences).map(formOf);
}

const formOf = (entry: DefenceEntry): string =>
  [entry.option, ...settingsOf(entry).map((setting) => `<${setting}>`)].join(":");

/**
 * Reads `--defence marvell:4`: the defence's option, then its settings in the order of its schema;
 * given again it adds one of another place.
 */
export function defenceOption(
  text: string,
  before: DefencePlan = {},
  defences: Defences = DEFENCES,
): DefencePlan {
  const [name = "", ...given] = text.split(":");
  const found = Object.entries(defences).find(([, { option }]) => option === name);
  if (found === undefined) {
    throw new InvalidArgumentError(`Known defences are ${defenceForms(defences).join(", ")}.`);
  }
  const [kind, entry] = found;
  const { place } = entry;
  const settings = settingsOf(entry);
  if (given.length !== settings.length) throw new InvalidArgumentError(`Write ${formOf(entry)}.`);
  if (before[place] !== undefined) {
    throw new InvalidArgumentError(`There is a defence of the ${WHERE[place]} already.`);
  }
  const numbers = given.map((value) => (value.trim() === "" ? Number.NaN : Number(value)));
  const chosen = { kind, ...Object.fromEntries(settings.map((each, at) => [each, numbers[at]])) };
  const plan = { ...before, [place]: chosen };
  return checked(defenceSchemaOf(defences as typeof DEFENCES), plan, "USAGE", "--defence");
}

const WHERE: Readonly<Record<Place, string>> = {
  labels: "labels",
  gradient: "gradients",
  embedding: "embeddings",
};
