/** A column is what at least so many of its known values are; the others did not fit. */
export const FITTING_SHARE = 0.8;

/** True if so many misfits among the known values are few enough to be missing values instead. */
export const isFew = (misfits: number, known: number): boolean =>
  misfits === 0 || known - misfits >= FITTING_SHARE * known;
