/** The page's colour variables, by what they stand for; the style gives them in light and dark. */
export const COLOUR = {
  ink: "var(--ink)",
  quiet: "var(--quiet)",
  faint: "var(--faint)",
  alone: "var(--alone)",
  joint: "var(--joint)",
  pooled: "var(--pooled)",
  positive: "var(--positive)",
  negative: "var(--negative)",
  open: "var(--open)",
  sealed: "var(--sealed)",
} as const;
