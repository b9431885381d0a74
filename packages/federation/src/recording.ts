import type { NewView, ViewRecorder } from "@moongate/views";

/** The target of a recorded view: true for files in the run directory, or a recorder of the caller's. */
export type Recording = boolean | ((view: NewView) => ViewRecorder);
