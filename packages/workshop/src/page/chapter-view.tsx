import { useState } from "preact/hooks";
import type { Chapter, ExperimentProps } from "../chapters/chapter.ts";
import type { PageLanguage } from "../language/language.ts";
import { PAGE } from "../language/page.ts";

interface ChapterViewProps extends Pick<ExperimentProps, "stage" | "onStage"> {
  readonly chapter: Chapter;
  readonly language: PageLanguage;
  readonly guess: number | undefined;
  readonly onGuess: (guess: number) => void;
}

/** A chapter's course: question, guess, experiment, what happened, one sentence, the paper. */
export function ChapterView(props: ChapterViewProps) {
  const { chapter, language, guess, onGuess, stage, onStage } = props;
  const [done, setDone] = useState(false);
  const t = PAGE[language];
  const texts = chapter.texts[language];
  return (
    <article>
      <h1>{texts.title}</h1>
      <p class="question">{texts.question}</p>
      <Guess choices={texts.choices} guess={guess} onGuess={onGuess} language={language} />
      <section aria-labelledby="experiment">
        <h2 id="experiment">{t.experiment}</h2>
        {guess === undefined ? (
          <p class="closed">{t.first}</p>
        ) : (
          <chapter.Experiment
            language={language}
            stage={stage}
            onStage={onStage}
            onDone={() => {
              setDone(true);
            }}
          />
        )}
      </section>
      {done && guess !== undefined ? (
        <section class="happened" aria-live="polite" aria-labelledby="happened">
          <h2 id="happened">{t.happened}</h2>
          <p>
            <strong>
              {t.yourGuess} {texts.choices[guess]}
            </strong>{" "}
            {guess === chapter.right ? t.right : t.notQuite}
          </p>
          <p>{texts.happened}</p>
          <h2>{t.home}</h2>
          <p class="home">{texts.home}</p>
          <h2>{t.deeper}</h2>
          <p>
            <a href={chapter.paperUrl}>{texts.paper}</a>
          </p>
        </section>
      ) : null}
    </article>
  );
}

interface GuessProps {
  readonly choices: readonly string[];
  readonly guess: number | undefined;
  readonly language: PageLanguage;
  readonly onGuess: (guess: number) => void;
}

function Guess({ choices, guess, language, onGuess }: GuessProps) {
  const [chosen, setChosen] = useState(guess);
  const t = PAGE[language];
  const locked = guess !== undefined;
  return (
    <fieldset>
      <legend>{t.guess}</legend>
      {choices.map((choice, index) => (
        <label key={choice}>
          <input
            type="radio"
            name="guess"
            disabled={locked}
            checked={(guess ?? chosen) === index}
            onChange={() => {
              setChosen(index);
            }}
          />{" "}
          {choice}
        </label>
      ))}
      {locked ? (
        <p role="status">{t.locked}</p>
      ) : (
        <button
          type="button"
          class="main"
          disabled={chosen === undefined}
          onClick={() => {
            if (chosen !== undefined) onGuess(chosen);
          }}
        >
          {t.lock}
        </button>
      )}
    </fieldset>
  );
}
