import { escape } from "@moongate/text";

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** One element of a drawing; numbers are written to a tenth. */
export function element(name: string, attributes: Attributes, ...children: string[]): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined
      ? []
      : [` ${key}="${typeof value === "number" ? tenth(value) : escape(value)}"`],
  );
  const start = `<${name}${written.join("")}`;
  return children.length === 0 ? `${start}/>` : `${start}>${children.join("")}</${name}>`;
}

export function text(x: number, y: number, words: string, attributes: Attributes = {}): string {
  return element("text", { x, y, ...attributes }, escape(words));
}

export function line(x1: number, y1: number, x2: number, y2: number, kind: string): string {
  return element("line", { x1, y1, x2, y2, class: kind });
}

export function group(attributes: Attributes, ...children: string[]): string {
  return element("g", attributes, ...children);
}

/** About how wide words are, in the widest of the usual faces. */
export function widthOf(words: string, size: number): number {
  return words.length * size * 0.56;
}

function tenth(value: number): string {
  return String(Number(value.toFixed(1)));
}
