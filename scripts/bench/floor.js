// The least a step can cost, by counting: multiply-adds, expanded bytes, bytes on the wire, rounds.

const sum = (rounds, pick) => rounds.flat().reduce((total, each) => total + pick(each.cost), 0);

/** Per row of a full batch, for all three processes together. */
export function floorOf({ rounds, batchSize, columns, units, labels }) {
  const media = sum(rounds, (cost) => cost.opened.media);
  const commerce = sum(rounds, (cost) => cost.opened.commerce);
  const dealt = sum(rounds, (cost) => cost.dealt);
  return {
    // Forward and backward product with every column, at both parties and at the dealer.
    multiplyAdds: 6 * columns * (units ?? labels),
    // A mask for each opening and media's share of what is dealt; the dealer expands all of it again.
    expandedBytes: (2 * (media + commerce + dealt)) / batchSize,
    // Openings cross two hops.
    wireBytes: (2 * (media + commerce) + dealt) / batchSize,
    rounds: rounds.length,
  };
}

/** Microseconds of CPU a row if nothing but that cost time, at the measured speeds. */
export function floorMicroseconds(floor, speeds) {
  return {
    multiplyAdds: (floor.multiplyAdds / speeds.multiplyAddsPerSecond) * 1e6,
    expandedBytes: (floor.expandedBytes / speeds.expandedBytesPerSecond) * 1e6,
    wireBytes: (floor.wireBytes / speeds.wireBytesPerSecond) * 1e6,
  };
}
