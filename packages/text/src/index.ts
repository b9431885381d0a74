export { bytes, duration, fixed, integer, percent, plural, signed } from "./format.ts";
export { type Content, escape, html, Markup, NOTHING } from "./html.ts";
export { wrapped } from "./wrapped.ts";
