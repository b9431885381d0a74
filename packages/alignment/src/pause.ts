export { nextTurn as pause } from "@moongate/transport/turn";

/** Receives how much is done, of how much as far as known. */
export type Progress = (done: number, total: number) => void;
