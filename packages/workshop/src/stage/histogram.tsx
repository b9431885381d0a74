interface HistogramProps {
  readonly counts: readonly number[];
  /** What a screen reader says of it. */
  readonly label: string;
}

/** Bars from zero; a dashed line where all would end if every value were equally frequent. */
export function Histogram({ counts, label }: HistogramProps) {
  const most = Math.max(1, ...counts);
  const even = counts.reduce((sum, count) => sum + count, 0) / Math.max(1, counts.length);
  const width = 100 / Math.max(1, counts.length);
  return (
    <svg
      class="histogram"
      viewBox="0 0 100 40"
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {counts.map((count, index) => {
        const height = (36 * count) / most;
        return (
          <rect
            key={index}
            x={index * width + 0.3}
            y={40 - height}
            width={Math.max(0.2, width - 0.6)}
            height={height}
          />
        );
      })}
      <line x1="0" x2="100" y1={40 - (36 * even) / most} y2={40 - (36 * even) / most} />
    </svg>
  );
}
