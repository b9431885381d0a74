import type { ComponentType } from "preact";
import type { Catalogue, ChapterTexts, PageLanguage } from "../language/language.ts";
import type { StageState } from "../stage/state.ts";

/** What an experiment may use of the page. */
export interface ExperimentProps {
  readonly language: PageLanguage;
  /** The experiment calls this once it has shown its point: what happened is then unfolded. */
  readonly onDone: () => void;
  /** The stage's part of the address: a link reopens it. */
  readonly stage: StageState;
  readonly onStage: (change: Partial<StageState>) => void;
}

/** One chapter: a folder of its own, and a line in the list. */
export interface Chapter {
  /** Its name in the address. */
  readonly id: string;
  readonly texts: Catalogue<ChapterTexts>;
  /** The choice that is what happens. */
  readonly right: number;
  readonly paperUrl: string;
  readonly Experiment: ComponentType<ExperimentProps>;
}
