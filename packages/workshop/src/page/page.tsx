import { useEffect, useState } from "preact/hooks";
import { CHAPTERS } from "../chapters/list.ts";
import { PAGE } from "../language/page.ts";
import { type Address, readAddress, writeAddress } from "./address.ts";
import { ChapterView } from "./chapter-view.tsx";

const read = (): Address =>
  readAddress(
    location.hash,
    CHAPTERS.map(({ id }) => id),
    navigator.language,
  );

/** The whole page; what it shows stands in its address. */
export function Page() {
  const [address, setAddress] = useState(read);
  const go = (change: Partial<Address>): void => {
    const next = { ...address, ...change };
    history.replaceState(undefined, "", writeAddress(next));
    setAddress(next);
  };
  useEffect(() => {
    const reread = (): void => {
      setAddress(read());
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
  const chapter = CHAPTERS[at];
  const open = (to: number): void => {
    const target = CHAPTERS[to];
    if (target === undefined) return;
    go({ chapter: target.id, guess: undefined });
    scrollTo({ top: 0 });
  };
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
                  href={writeAddress({ ...address, chapter: id, guess: undefined })}
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
        {chapter === undefined ? null : (
          <ChapterView
            key={chapter.id}
            chapter={chapter}
            language={language}
            guess={address.guess}
            onGuess={(guess) => {
              go({ guess });
            }}
          />
        )}
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
        <p>{t.differs}</p>
      </footer>
    </>
  );
}
