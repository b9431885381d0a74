interface SliderProps {
  readonly name: string;
  readonly value: number;
  readonly least?: number | undefined;
  readonly most: number;
  readonly step?: number | undefined;
  /** The value in words, where the number alone says little. */
  readonly says?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly onChange: (value: number) => void;
}

/** A number to drag, with its name and value above it. */
export function Slider({
  name,
  value,
  least = 0,
  most,
  step = 1,
  says,
  disabled,
  onChange,
}: SliderProps) {
  return (
    <label class="slider">
      <span>
        {name} <output>{says ?? value}</output>
      </span>
      <input
        type="range"
        min={least}
        max={most}
        step={step}
        value={value}
        disabled={disabled}
        aria-valuetext={says}
        onInput={(event) => {
          onChange(Number(event.currentTarget.value));
        }}
      />
    </label>
  );
}
