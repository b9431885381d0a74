/**
 * The dealer works ahead of the parties, but only so far: commerce returns one credit for every
 * CREDIT_EVERY dealt frames it used, and the dealer stops at WINDOW frames without credit.
 */
export const CREDIT_EVERY = 8;
export const WINDOW = 32;
