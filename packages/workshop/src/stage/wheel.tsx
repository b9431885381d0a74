/** One hand of a wheel: where it points, in turns clockwise from the top, and what stands there. */
interface Hand {
  readonly turns: number;
  readonly text: string;
}

interface WheelProps {
  readonly secret: Hand;
  readonly sent: Hand;
  /** Marks around the rim. */
  readonly ticks: number;
  /** The text by which a screen reader tells it. */
  readonly label: string;
  /** The page's answer to a drag: the place in turns, from 0 to below 1. A slider beside it does the same by keys. */
  readonly onTurn?: ((turns: number) => void) | undefined;
}

/** A ring of numbers with two hands, the secret and what is sent, and between them the mask as an arc. */
export function Wheel({ secret, sent, ticks, label, onTurn }: WheelProps) {
  const turn = (event: PointerEvent): void => {
    const box = (event.currentTarget as SVGSVGElement).getBoundingClientRect();
    const x = event.clientX - box.left - box.width / 2;
    const y = event.clientY - box.top - box.height / 2;
    onTurn?.(turnsOf(x, y));
  };
  return (
    <svg
      class={onTurn === undefined ? "wheel" : "wheel turns"}
      viewBox="0 0 100 100"
      role="img"
      aria-label={label}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        turn(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) turn(event);
      }}
    >
      <circle cx="50" cy="50" r="38" />
      {Array.from({ length: ticks }, (_, position) => {
        const [x, y] = place(position / ticks, 38);
        return <circle key={position} class="tick" cx={x} cy={y} r="0.6" />;
      })}
      <path class="mask" d={arc(secret.turns, sent.turns, 20)} />
      <HandLine name="secret" {...secret} />
      <HandLine name="sent" {...sent} />
    </svg>
  );
}

function HandLine({ name, turns, text }: Hand & { readonly name: string }) {
  const [x, y] = place(turns, 36);
  const [textX, textY] = place(turns, 44.5);
  return (
    <g class={name}>
      <line x1="50" y1="50" x2={x} y2={y} />
      <circle cx={x} cy={y} r="2.6" />
      <text x={textX} y={textY}>
        {text}
      </text>
    </g>
  );
}

/** The point of the wheel at so many turns from the top. */
function place(turns: number, radius: number): readonly [x: number, y: number] {
  const angle = 2 * Math.PI * turns - Math.PI / 2;
  return [50 + radius * Math.cos(angle), 50 + radius * Math.sin(angle)];
}

/** Clockwise from one place to another. */
function arc(from: number, to: number, radius: number): string {
  const [x0, y0] = place(from, radius);
  const [x1, y1] = place(to, radius);
  const way = to - from - Math.floor(to - from);
  return `M${x0} ${y0}A${radius} ${radius} 0 ${way > 0.5 ? 1 : 0} 1 ${x1} ${y1}`;
}

/** A direction from the centre, in turns clockwise from the top. */
export function turnsOf(x: number, y: number): number {
  const turns = Math.atan2(x, -y) / (2 * Math.PI);
  return turns < 0 ? turns + 1 : turns;
}
