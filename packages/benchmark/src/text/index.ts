export { wrapped } from "./wrapped.ts";
