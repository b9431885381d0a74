import { DEFAULT_MODEL, hasHidden, type Models, MODELS } from "@moongate/catalogue";

/** The kinds that `--model` takes, the default first. */
export function modelChoices(models: Models = MODELS): string[] {
  return byDefault(models).map(([kind]) => kind);
}

/** What `--help` says of them: "sine (a network), logistic or relu (two towers; not under masks)". */
export function modelHelp(models: Models = MODELS): string {
  const said = byDefault(models).map(([kind, { help }]) =>
    help === "" ? kind : `${kind} (${help})`,
  );
  return `${said.slice(0, -1).join(", ")} or ${said.at(-1) ?? ""}`;
}

/** The kinds that `--hidden` is for. */
export function kindsWithHidden(models: Models = MODELS): string[] {
  return byDefault(models).flatMap(([kind, entry]) => (hasHidden(entry) ? [kind] : []));
}

function byDefault(models: Models): [string, Models[string]][] {
  return Object.entries(models).sort(
    ([a], [b]) => Number(b === DEFAULT_MODEL) - Number(a === DEFAULT_MODEL),
  );
}
