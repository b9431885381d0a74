import { useEffect, useRef } from "preact/hooks";

interface ShadesProps {
  readonly title: string;
  /** Row-major, from 0 to 1. */
  readonly shades: readonly number[];
  readonly width: number;
}

/** Numbers as a picture: the larger, the lighter. */
export function Shades({ title, shades, width }: ShadesProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const height = Math.ceil(shades.length / width);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context === undefined || context === null) return;
    const image = context.createImageData(width, height);
    shades.forEach((shade, index) => {
      const grey = Math.round(255 * shade);
      image.data.set([grey, grey, grey, 255], 4 * index);
    });
    context.putImageData(image, 0, 0);
  }, [shades, width, height]);
  return (
    <figure class="shades">
      <canvas ref={canvas} width={width} height={height} role="img" aria-label={title} />
      <figcaption>{title}</figcaption>
    </figure>
  );
}
