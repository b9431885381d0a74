export {
  type CommerceConfig,
  commerceConfigSchema,
  type CommercePredictionConfig,
  commercePredictionSchema,
} from "./config.ts";
export { predictCommerce } from "./predict.ts";
export { runCommerce } from "./run.ts";
