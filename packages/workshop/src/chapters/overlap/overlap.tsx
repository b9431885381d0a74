import { useState } from "preact/hooks";
import { type PageLanguage, whole } from "../../language/language.ts";
import type { Chapter, ExperimentProps } from "../chapter.ts";
import {
  alignHere,
  crack,
  type Cracked,
  CUSTOMERS,
  type Keyed,
  keyedGuess,
  plainGuess,
  plainHashes,
} from "./crack.ts";
import { OVERLAP } from "./texts.ts";

/** Rows of a table; more are counted. */
const SHOWN = 8;

const NOTHING: Cracked = { tried: 0, found: new Map() };

function Experiment({ language, onDone }: ExperimentProps) {
  const t = OVERLAP[language];
  const hashes = plainHashes(CUSTOMERS.media);
  const [plain, setPlain] = useState(NOTHING);
  const [keyed, setKeyed] = useState<Keyed>();
  const [tried, setTried] = useState(NOTHING);
  const [busy, setBusy] = useState(false);
  const working = (work: () => Promise<void>): void => {
    setBusy(true);
    void work().finally(() => {
      setBusy(false);
    });
  };
  return (
    <div class="overlap">
      <p>
        {t.list}: <code>{CUSTOMERS.media.join(", ")}</code>
      </p>
      <h3>{t.hashed}</h3>
      <Seen language={language} seen={hashes} cracked={plain} />
      <button
        type="button"
        class="main"
        disabled={busy}
        onClick={() => {
          working(async () => {
            setPlain(await crack(hashes, plainGuess, setPlain));
          });
        }}
      >
        {t.crackPlain}
      </button>
      <p role="status" data-plain>
        {plain.tried > 0 ? t.tried(whole(plain.tried), plain.found.size, hashes.length) : ""}
      </p>
      <h3>{t.keyed}</h3>
      <p>{t.keyedSays}</p>
      <button
        type="button"
        class="main"
        disabled={busy || plain.tried === 0}
        onClick={() => {
          working(async () => {
            setTried(NOTHING);
            setKeyed(await alignHere());
          });
        }}
      >
        {t.align}
      </button>
      {keyed === undefined ? null : (
        <>
          <Seen language={language} seen={keyed.tags} cracked={tried} />
          <p>{t.learns(keyed.sizes.media, keyed.sizes.commerce, keyed.sizes.matched)}</p>
          <p>
            {t.shared} <code data-shared>{keyed.shared.join(", ")}</code>
          </p>
          <button
            type="button"
            class="main"
            disabled={busy}
            onClick={() => {
              working(async () => {
                setTried(await crack(keyed.tags, keyedGuess(), setTried));
                onDone();
              });
            }}
          >
            {t.crackKeyed}
          </button>
          <p role="status" data-keyed>
            {tried.tried > 0
              ? t.tried(whole(tried.tried), tried.found.size, keyed.tags.length)
              : ""}
          </p>
        </>
      )}
    </div>
  );
}

interface SeenProps {
  readonly language: PageLanguage;
  readonly seen: readonly string[];
  readonly cracked: Cracked;
}

function Seen({ language, seen, cracked }: SeenProps) {
  const t = OVERLAP[language];
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t.seen}</th>
          <th scope="col">{t.number}</th>
        </tr>
      </thead>
      <tbody>
        {seen.slice(0, SHOWN).map((hash) => (
          <tr key={hash}>
            <td>
              <code class="hex">{hash.slice(0, 32)}</code>
            </td>
            <td>{cracked.found.get(hash) ?? "?"}</td>
          </tr>
        ))}
        {seen.length > SHOWN ? (
          <tr>
            <td>{t.more(seen.length - SHOWN)}</td>
            <td />
          </tr>
        ) : null}
      </tbody>
    </table>
  );
}

export const overlap: Chapter = {
  id: "overlap",
  texts: OVERLAP,
  right: 1,
  paperUrl: "https://doi.org/10.1007/978-3-662-45472-5_13",
  Experiment,
};
