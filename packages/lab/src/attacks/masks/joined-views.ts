import type { Tensor, View } from "@moongate/views";

/** What two that collude hold together: the coordinator's tensors, then the party's; the party's header. */
export function joinedViews(party: View, coordinator: View): View {
  const owners = new Map<Tensor, View>();
  for (const view of [coordinator, party]) {
    for (const tensor of view.tensors) owners.set(tensor, view);
  }
  return {
    header: party.header,
    tensors: [...coordinator.tensors, ...party.tensors],
    bytes: (tensor) => {
      const owner = owners.get(tensor);
      if (owner === undefined) throw new RangeError(`${tensor.name} is not of these views`);
      return owner.bytes(tensor);
    },
  };
}
