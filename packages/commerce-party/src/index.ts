export { type CommerceConfig, commerceConfigSchema } from "./config.ts";
export { loadCommerceData } from "./load-data.ts";
export { runCommerce } from "./run.ts";
