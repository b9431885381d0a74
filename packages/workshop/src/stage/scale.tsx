interface Mark {
  readonly name: string;
  readonly value: number;
  readonly strong?: boolean;
}

/** Values beside each other as bars from `from` to `to`. */
export function Bars({
  marks,
  from,
  to,
}: {
  readonly marks: readonly Mark[];
  readonly from: number;
  readonly to: number;
}) {
  return (
    <dl class="bars">
      {marks.map(({ name, value, strong }) => (
        <div key={name} class={strong === true ? "strong" : undefined}>
          <dt>{name}</dt>
          <dd>
            <span
              class="fill"
              style={{ width: `${Math.max(0, Math.min(1, (value - from) / (to - from))) * 100}%` }}
            />
            <span class="number">{value.toFixed(3)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
