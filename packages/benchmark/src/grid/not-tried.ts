/** What a reader might look for in the report and not find; one sentence each. */
export function notTried(quick: boolean): string[] {
  return [
    ...(quick
      ? [
          "The quick grid runs its slowest attacks for the first seed alone: the Gram matrix, generative regression, decoders of features under masks and with masks off, and the control of the game of two worlds. It leaves out the Gram matrix on defended sessions and on ReLU towers, batch label inference and active completion on defended sessions, and decoders of features on ReLU towers, on masked logistic regression and where only labels or gradients are defended; ReLU towers and masked logistic regression go without batch label inference; the full grid has them.",
          "The quick grid has small tables and few epochs: its AUCs are below those of the full grid.",
        ]
      : []),
    "The model of a noisy training is attacked by membership alone when it is given out, that of a split training not at all.",
    "Defences are tried one at a time, not combined.",
    "Media's completion has a linear head where the paper has a network trained by MixMatch.",
    "Adversaries are semi-honest but for those named; none sends wrong numbers to break correctness.",
    "Costs are of three roles in one process without a network; delay and bandwidth are computed.",
  ];
}
