export {
  type MediaConfig,
  mediaConfigSchema,
  type MediaPredictionConfig,
  mediaPredictionSchema,
} from "./config.ts";
export { predictMedia } from "./predict.ts";
export { runMedia } from "./run.ts";
