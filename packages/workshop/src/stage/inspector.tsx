import { type PageLanguage, whole } from "../language/language.ts";
import type { SentFrame } from "../session/protocol.ts";
import { Histogram } from "./histogram.tsx";
import { isKnown, KINDS } from "./kinds.ts";
import { type Eyes, type FrameName, sees } from "./state.ts";
import { STAGE } from "./texts.ts";
import { nameOf, type NumberedFrame } from "./use-federation.ts";

/** Frames in the list. */
const LISTED = 12;

interface InspectorProps {
  readonly language: PageLanguage;
  readonly frames: readonly NumberedFrame[];
  readonly opened: NumberedFrame | undefined;
  readonly eyes: Eyes;
  readonly onOpen: (name: FrameName) => void;
}

/** The latest frames, and the inside of the chosen one. */
export function Inspector({ language, frames, opened, eyes, onOpen }: InspectorProps) {
  const t = STAGE[language];
  return (
    <div class="inspector">
      <h3 id="messages">{t.inspector}</h3>
      <ul aria-labelledby="messages" tabIndex={0}>
        {frames.slice(0, LISTED).map(({ number, frame }) => (
          <li key={number}>
            <button
              type="button"
              aria-pressed={number === opened?.number}
              onClick={() => {
                onOpen(nameOf(frame));
              }}
            >
              {number}. {t[frame.from]} → {t[frame.to]}: {sees(eyes, frame) ? frame.kind : "?"},{" "}
              {whole(frame.bytes)} {t.byteCount}
            </button>
          </li>
        ))}
      </ul>
      {opened === undefined ? (
        <p>{t.pick}</p>
      ) : (
        <Inside language={language} frame={opened.frame} eyes={eyes} />
      )}
    </div>
  );
}

interface InsideProps {
  readonly language: PageLanguage;
  readonly frame: SentFrame;
  readonly eyes: Eyes;
}

function Inside({ language, frame, eyes }: InsideProps) {
  const t = STAGE[language];
  const open = sees(eyes, frame);
  const kind = isKnown(frame.kind) ? KINDS[language][frame.kind] : undefined;
  return (
    <dl class="inside">
      <dt>{t.from}</dt>
      <dd>
        {t[frame.from]}, {t.numbered(whole(frame.place))}
      </dd>
      <dt>{t.to}</dt>
      <dd>{t[frame.to]}</dd>
      <dt>{t.bytes}</dt>
      <dd>{whole(frame.bytes)}</dd>
      {open ? (
        <>
          <dt>{t.kind}</dt>
          <dd>
            <code>{frame.kind}</code> {kind?.what}
          </dd>
          <dt>{t.opens}</dt>
          <dd>{kind?.reader}</dd>
          <dt>{t.firstBytes}</dt>
          <dd>
            <code class="hex" data-hex>
              {hexOf(frame.head)}
            </code>
          </dd>
          <dt>{t.digits}</dt>
          <dd>
            <Histogram counts={frame.digits} label={`${t.digits}: ${frame.digits.join(", ")}`} />
            <span class="quiet">{t.evenLine}</span>
          </dd>
        </>
      ) : (
        <>
          <dt>{t.firstBytes}</dt>
          <dd class="veiled">
            <span class="blurred" aria-hidden="true">
              00 00 00 00 00 00 00 00 00 00 00 00
            </span>{" "}
            {t.hidden}
          </dd>
        </>
      )}
    </dl>
  );
}

const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
