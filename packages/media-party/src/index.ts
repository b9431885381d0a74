export { type MediaConfig, mediaConfigSchema } from "./config.ts";
export { loadMediaData } from "./load-data.ts";
export { runMedia } from "./run.ts";
