export {
  type CommerceConfig,
  commerceConfigSchema,
  type CommercePredictionConfig,
  commercePredictionSchema,
} from "./config.ts";
export { loadCommerceData } from "./load-data.ts";
export { predictCommerce } from "./predict.ts";
export { runCommerce } from "./run.ts";
