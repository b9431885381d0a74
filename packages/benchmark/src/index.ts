export { NoMasks } from "./control/no-masks.ts";
