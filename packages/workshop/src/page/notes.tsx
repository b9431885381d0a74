import { render } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { at } from "@moongate/errors";
import type { Chapter } from "../chapters/chapter.ts";
import type { PageLanguage } from "../language/language.ts";
import { PAGE } from "../language/page.ts";

interface NotesProps {
  readonly chapter: Chapter;
  readonly number: number;
  readonly language: PageLanguage;
}

/** The presenter's notes on a chapter: how to lead it, the answer, what to say at the end. */
function Notes({ chapter, number, language }: NotesProps) {
  const t = PAGE[language];
  const { title, question, choices, happened, home } = chapter.texts[language];
  return (
    <main>
      <h1>
        {number}. {title}
      </h1>
      <p class="question">{question}</p>
      <ol>
        {t.lead.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <h2>{t.answer}</h2>
      <p>
        <strong>{at(choices, chapter.right)}</strong>
      </p>
      <p>{happened}</p>
      <h2>{t.home}</h2>
      <p class="home">{home}</p>
      <p class="quiet">{t.keys}</p>
    </main>
  );
}

/**
 * The presenter's notes in a second window, which stays with the chapter that is shown; keys pressed
 * there act here.
 *
 * @returns what opens the window: a browser lets it open only while a button is pressed.
 */
export function useNotes(props: NotesProps): () => void {
  const notes = useRef<Window | null>(null);
  const { chapter, number, language } = props;
  const draw = (): void => {
    if (notes.current === null || notes.current.closed) return;
    const { document: page } = notes.current;
    page.title = PAGE[language].notes;
    page.documentElement.lang = document.documentElement.lang;
    render(<Notes {...props} />, page.body);
  };
  useEffect(draw, [chapter, number, language]);
  return () => {
    notes.current = open("", "moongate-notes", "width=720,height=860");
    if (notes.current === null) return;
    const { document: page } = notes.current;
    const styles = document.querySelectorAll("style, link[rel=stylesheet]");
    page.head.replaceChildren(...Array.from(styles, (style) => page.importNode(style, true)));
    notes.current.onkeydown = ({ key }: KeyboardEvent): void => {
      dispatchEvent(new KeyboardEvent("keydown", { key }));
    };
    draw();
  };
}
