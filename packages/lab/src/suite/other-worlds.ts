import { recordOf } from "@moongate/messages";
import type { PartyData } from "@moongate/federation";

/** Every row has the label of another row: the last first. */
export function withOtherLabels(data: PartyData): PartyData {
  const turned = Object.entries(data.labels ?? {}).map(
    ([name, values]) => [name, values.toReversed()] as const,
  );
  return { ...data, labels: recordOf(turned) };
}

/** Every user has the columns of another user: the last first. Ids stay where they are. */
export function withOtherColumns(data: PartyData): PartyData {
  const last = data.ids.length - 1;
  const turned = (rows: Uint32Array): Uint32Array => rows.map((row) => last - row);
  return {
    ids: data.ids,
    async prepare(trainRows, options = {}) {
      const { heldOut } = options;
      const fitted = await data.prepare(turned(trainRows), {
        ...options,
        ...(heldOut === undefined ? {} : { heldOut: turned(heldOut) }),
      });
      return { ...fitted, encode: (rows) => fitted.encode(turned(rows)) };
    },
  };
}
