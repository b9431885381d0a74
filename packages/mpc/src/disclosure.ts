/** One line of the disclosure ledger: something that was opened to somebody on purpose. */
export interface LedgerLine {
  readonly what: string;
  readonly shape: string;
  readonly to: "media" | "commerce" | "coordinator";
  readonly why: string;
}
