import { useState } from "preact/hooks";
import type { PageLanguage } from "../language/language.ts";
import { whole } from "../language/language.ts";
import type { WorkerRole, SentFrame } from "../session/protocol.ts";
import { Histogram } from "./histogram.tsx";
import { isKnown, KINDS } from "./kinds.ts";
import { STAGE } from "./texts.ts";
import type { NumberedFrame } from "./use-federation.ts";

export type Eyes = WorkerRole | "network" | "all";
export const EYES: readonly Eyes[] = ["all", "media", "commerce", "coordinator", "network"];

interface InspectorProps {
  readonly language: PageLanguage;
  readonly frames: readonly NumberedFrame[];
  readonly eyes: Eyes;
}

/** True where these eyes see more of a frame than that it passed. */
const sees = (eyes: Eyes, { from, to }: SentFrame): boolean =>
  eyes === "all" || eyes === from || eyes === to;

/** The latest frames, and the inside of the chosen one. */
export function Inspector({ language, frames, eyes }: InspectorProps) {
  const [chosen, setChosen] = useState<NumberedFrame>();
  const t = STAGE[language];
  return (
    <div class="inspector">
      <h3 id="messages">{t.inspector}</h3>
      <ul aria-labelledby="messages" tabIndex={0}>
        {frames.slice(0, 12).map((each) => (
          <li key={each.number}>
            <button
              type="button"
              aria-pressed={each.number === chosen?.number}
              onClick={() => {
                setChosen(each);
              }}
            >
              {each.number}. {t[each.frame.from]} → {t[each.frame.to]}: {each.frame.kind},{" "}
              {whole(each.frame.bytes)}
            </button>
          </li>
        ))}
      </ul>
      {chosen === undefined ? (
        <p>{t.pick}</p>
      ) : (
        <Inside language={language} frame={chosen.frame} eyes={eyes} />
      )}
    </div>
  );
}

function Inside({
  language,
  frame,
  eyes,
}: {
  readonly language: PageLanguage;
  readonly frame: SentFrame;
  readonly eyes: Eyes;
}) {
  const t = STAGE[language];
  if (!sees(eyes, frame)) {
    return <p class="veiled">{t.hidden}</p>;
  }
  const kind = isKnown(frame.kind) ? KINDS[language][frame.kind] : undefined;
  return (
    <dl class="inside">
      <dt>{t.from}</dt>
      <dd>{t[frame.from]}</dd>
      <dt>{t.to}</dt>
      <dd>{t[frame.to]}</dd>
      <dt>{t.kind}</dt>
      <dd>
        <code>{frame.kind}</code> {kind?.what}
      </dd>
      <dt>{t.bytes}</dt>
      <dd>{whole(frame.bytes)}</dd>
      <dt>{t.opens}</dt>
      <dd>{kind?.reader}</dd>
      <dt>{t.firstBytes}</dt>
      <dd>
        <code class="hex">{hexOf(frame.head)}</code>
      </dd>
      <dt>{t.digits}</dt>
      <dd>
        <Histogram counts={frame.digits} label={`${t.digits}: ${frame.digits.join(", ")}`} />
      </dd>
    </dl>
  );
}

const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
