/** Colours of charts by what they stand for. */
export interface Palette {
  readonly paper: string;
  readonly ink: string;
  readonly quiet: string;
  readonly faint: string;
  /** Masked settings. */
  readonly masked: string;
  /** Settings that give embeddings and gradients away. */
  readonly split: string;
}

/**
 * Blue and orange-brown stay apart for all common kinds of colour blindness; shapes tell the same.
 * All colours of marks and words have a contrast of at least 4.5 with the paper.
 */
export const LIGHT: Palette = {
  paper: "#ffffff",
  ink: "#1a1f26",
  quiet: "#586271",
  faint: "#dde2e8",
  masked: "#0b57b0",
  split: "#b04a06",
};

export const DARK: Palette = {
  paper: "#12161b",
  ink: "#e7eaee",
  quiet: "#9eaab8",
  faint: "#2f3843",
  masked: "#75b5ff",
  split: "#ffa463",
};

/** The style of every chart; all classes start with "c-". */
export function chartStyle({ paper, ink, quiet, faint, masked, split }: Palette): string {
  return [
    `.c-text{fill:${ink};font-size:11.5px}`,
    `.c-quiet{fill:${quiet};font-size:11px}`,
    `.c-title{fill:${ink};font-size:13px;font-weight:600}`,
    `.c-strong{font-weight:700}`,
    `.c-middle{text-anchor:middle}`,
    `.c-end{text-anchor:end}`,
    `.c-grid{stroke:${faint};stroke-width:1}`,
    `.c-axis{stroke:${quiet};stroke-width:1}`,
    `.c-rule{stroke:${quiet};stroke-width:1.2}`,
    `.c-dash{stroke-dasharray:5 3}`,
    `.c-dots{stroke-dasharray:1.5 3}`,
    `.c-halo{stroke:${paper};stroke-width:3px;stroke-linejoin:round;fill:${paper}}`,
    `.c-frontier{fill:none;stroke:${ink};stroke-width:1.6}`,
    `.c-trade{fill:none;stroke:${split};stroke-width:1.4;stroke-dasharray:4 3}`,
    `.c-whisker{stroke-width:1;opacity:.65;fill:none}`,
    `.c-leader{stroke:${quiet};stroke-width:.7}`,
    `.c-masked{stroke:${masked};fill:${masked}}`,
    `.c-split{stroke:${split};fill:${split}}`,
    `.c-mark{stroke-width:1.6}`,
    `.c-hollow{fill:${paper}}`,
    `.c-line{fill:none;stroke-width:1.8}`,
    `.c-bound-end{stroke-width:1.4}`,
    `.c-bound{stroke-width:1.4;stroke-dasharray:2 2.5}`,
    `.c-word-masked{fill:${masked};font-size:11px;font-weight:700}`,
    `.c-word-split{fill:${split};font-size:11px}`,
  ].join("\n");
}
