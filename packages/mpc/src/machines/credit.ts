/**
 * The dealer works ahead of the parties, but only so far: commerce returns one credit for every
 * CREDIT_EVERY dealt frames it used, and the dealer stops at WINDOW frames without credit.
 */
export const CREDIT_EVERY = 4;
export const WINDOW = 16;

/** A step's deals are one frame, unless they grow beyond this: then the frame ends with the round. */
export const LARGE_FRAME = 16 * 2 ** 20;
