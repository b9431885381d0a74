/** What a reader might look for in the report and not find; one sentence each. */
export function notTried(quick: boolean): string[] {
  return [
    ...(quick
      ? [
          "The quick grid runs its slowest attacks for the first seed alone: the Gram matrix, generative regression, decoders of features under masks and with masks off, batch label inference with masks off, and the control of the game of two worlds. It leaves out the Gram matrix on defended sessions and on ReLU towers, batch label inference and active completion on defended sessions, and decoders of features on ReLU towers, on masked logistic regression and where only labels or gradients are defended; ReLU towers and masked logistic regression go without batch label inference; the full grid has them.",
          "The quick grid has small tables and few epochs: its AUCs are below those of the full grid.",
        ]
      : []),
    "The model of a noisy training is attacked by membership alone when it is given out, that of a split training not at all.",
    "The mutual-information defence (MID), a variational penalty on the embedding, is not built; distance correlation is the one penalty of its kind that is tried.",
    "Defences are tried one at a time, not combined.",
    "Media's completion fine-tunes its bottom model with 200 known rows and more only, and of masked openings its head is linear: there are too many of them.",
    "Adversaries are semi-honest but for those named; none sends wrong numbers to break correctness.",
    "Costs are of three roles in one process without a network; delay and bandwidth are computed.",
  ];
}
