export {
  type MediaConfig,
  mediaConfigSchema,
  type MediaPredictionConfig,
  mediaPredictionSchema,
} from "./config.ts";
export { loadMediaData } from "./load-data.ts";
export { predictMedia } from "./predict.ts";
export { runMedia } from "./run.ts";
