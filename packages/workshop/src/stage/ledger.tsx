import type { LedgerLine } from "@moongate/mpc";
import { phrase } from "@moongate/run-report/phrases";
import type { PageLanguage } from "../language/language.ts";
import { STAGE } from "./texts.ts";

/** The ledger as it grows: every line is something that was opened on purpose. */
export function Ledger({
  language,
  lines,
}: {
  readonly language: PageLanguage;
  readonly lines: readonly LedgerLine[];
}) {
  const t = STAGE[language];
  return (
    <>
      <h3>{t.ledger}</h3>
      {lines.length === 0 ? (
        <p>{t.ledgerNone}</p>
      ) : (
        <ul class="ledger">
          {lines.map(({ what, shape, to, why }) => (
            <li key={what}>
              <Phrase language={language} text={what} /> ({shape}) → {t[to]}:{" "}
              <Phrase language={language} text={why} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** A sentence of a process in the reader's language: escaped by the reports' own catalogue. */
function Phrase({ language, text }: { readonly language: PageLanguage; readonly text: string }) {
  return <span dangerouslySetInnerHTML={{ __html: phrase(text, language).text }} />;
}
