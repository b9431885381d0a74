import { at as checkedAt } from "@moongate/errors";
import { useEffect, useRef, useState } from "preact/hooks";
import { CHAPTERS } from "../chapters/list.ts";
import { PAGE } from "../language/page.ts";
import { FRESH } from "../stage/state.ts";
import { type Address, readAddress, writeAddress } from "./address.ts";
import { ChapterView } from "./chapter-view.tsx";
import { useKeys } from "./keys.ts";
import { useNotes } from "./notes.tsx";

const read = (): Address =>
  readAddress(
    location.hash,
    CHAPTERS.map(({ id }) => id),
    navigator.language,
  );

/** The whole page; what it shows stands in its address. */
export function Page() {
  const [address, setAddress] = useState(read);
  const [visit, setVisit] = useState(0);
  const latest = useRef(address);
  const go = (change: Partial<Address>): void => {
    latest.current = { ...latest.current, ...change };
    history.replaceState(undefined, "", writeAddress(latest.current));
    setAddress(latest.current);
  };
  useEffect(() => {
    const reread = (): void => {
      latest.current = read();
      setAddress(latest.current);
      setVisit((visits) => visits + 1); // another link: its experiment begins anew
    };
    addEventListener("hashchange", reread);
    return () => {
      removeEventListener("hashchange", reread);
    };
  }, []);
  const { language, large } = address;
  const t = PAGE[language];
  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    document.documentElement.classList.toggle("large", large);
    document.title = t.name;
  }, [language, large, t]);
  const at = CHAPTERS.findIndex(({ id }) => id === address.chapter);
  const chapter = checkedAt(CHAPTERS, at);
  const openNotes = useNotes({ chapter, number: at + 1, language });
  const open = (to: number): void => {
    const target = CHAPTERS[to];
    if (target === undefined) return;
    go({ chapter: target.id, guess: undefined, stage: FRESH });
    scrollTo({ top: 0 });
  };
  const turn = (to: number) => (): boolean => {
    if (large) open(to);
    return large;
  };
  useKeys({ n: turn(at + 1), p: turn(at - 1) });
  return (
    <>
      <header>
        <div class="bar">
          <p class="name">{t.name}</p>
          <div class="tools">
            <label>
              <input
                type="checkbox"
                checked={large}
                onChange={() => {
                  go({ large: !large });
                }}
              />{" "}
              {t.presenter}
            </label>
            {large ? (
              <button type="button" onClick={openNotes}>
                {t.notes}
              </button>
            ) : null}
            <button
              type="button"
              lang={language === "zh" ? "en" : "zh-CN"}
              onClick={() => {
                go({ language: language === "zh" ? "en" : "zh" });
              }}
            >
              {t.other}
            </button>
          </div>
        </div>
        <p class="tagline">{t.tagline}</p>
        <nav aria-label={t.chapters}>
          <ol>
            {CHAPTERS.map(({ id, texts }, index) => (
              <li key={id}>
                <a
                  href={writeAddress({ ...address, chapter: id, guess: undefined, stage: FRESH })}
                  aria-current={index === at ? "page" : undefined}
                >
                  {index + 1}. {texts[language].title}
                </a>
              </li>
            ))}
          </ol>
        </nav>
      </header>
      <main>
        <ChapterView
          key={`${chapter.id} ${String(visit)}`}
          chapter={chapter}
          language={language}
          guess={address.guess}
          onGuess={(guess) => {
            go({ guess });
          }}
          stage={address.stage}
          onStage={(change) => {
            go({ stage: { ...latest.current.stage, ...change } });
          }}
        />
        <p class="turn">
          <button
            type="button"
            disabled={at === 0}
            onClick={() => {
              open(at - 1);
            }}
          >
            {t.previous}
          </button>
          <button
            type="button"
            disabled={at === CHAPTERS.length - 1}
            onClick={() => {
              open(at + 1);
            }}
          >
            {t.next}
          </button>
        </p>
      </main>
      <footer>
        <p>{t.real}</p>
        <p>{t.settings}</p>
        <p>{t.differs}</p>
      </footer>
    </>
  );
}
