interface WheelProps {
  readonly size: number;
  readonly value: number;
  readonly sum: number;
}

/** A ring of numbers with two hands: the secret, and what is sent. */
export function Wheel({ size, value, sum }: WheelProps) {
  const at = (position: number, radius: number): readonly [number, number] => {
    const angle = (2 * Math.PI * position) / size - Math.PI / 2;
    return [50 + radius * Math.cos(angle), 50 + radius * Math.sin(angle)];
  };
  const hand = (position: number, name: string) => {
    const [x, y] = at(position, 36);
    const [textX, textY] = at(position, 45);
    return (
      <g class={name}>
        <line x1="50" y1="50" x2={x} y2={y} />
        <text x={textX} y={textY}>
          {position}
        </text>
      </g>
    );
  };
  return (
    <svg
      class="wheel"
      viewBox="0 0 100 100"
      role="img"
      aria-label={`${String(value)} → ${String(sum)}`}
    >
      <circle cx="50" cy="50" r="38" />
      {Array.from({ length: size }, (_, position) => {
        const [x, y] = at(position, 38);
        return <circle key={position} class="tick" cx={x} cy={y} r="0.6" />;
      })}
      {hand(value, "secret")}
      {hand(sum, "sent")}
    </svg>
  );
}
