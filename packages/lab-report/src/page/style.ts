import { chartStyle, DARK, LIGHT, type Palette } from "../charts/palette.ts";

const names = Object.keys(LIGHT) as (keyof Palette)[];
const variables = (palette: Palette): string =>
  names.map((name) => `--${name}:${palette[name]}`).join(";");
const BY_VARIABLE = Object.fromEntries(names.map((name) => [name, `var(--${name})`]));

const LIGHT_PAGE = `color-scheme:light;${variables(LIGHT)};--panel:#f5f7f9;--warn:#8a3800`;
const DARK_PAGE = `color-scheme:dark;${variables(DARK)};--panel:#1a2027;--warn:#ffb37e`;

/** The page's whole style: light and dark, from 360 pixels on, and on paper. */
export const STYLE = `
:root{${LIGHT_PAGE}}
@media (prefers-color-scheme:dark){:root{${DARK_PAGE}}}
@media print{:root{${LIGHT_PAGE}}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;font-variant-numeric:tabular-nums}
main{max-width:66rem;margin:0 auto;padding:2rem 1.25rem 4rem}
header p,main>p,main>ul{max-width:44rem}
h1{font-size:1.05rem;font-weight:600;letter-spacing:.01em;color:var(--quiet);margin:0 0 1rem}
h2{font-size:1.45rem;line-height:1.25;letter-spacing:-.01em;margin:3.5rem 0 .6rem;padding-top:1.2rem;border-top:1px solid var(--faint)}
h3{font-size:1.1rem;margin:2rem 0 .5rem}
a{color:var(--masked)}
small,.quiet,caption,.legend,figcaption,.assumptions{color:var(--quiet);font-size:.82rem}
.lead{font-size:1.35rem;line-height:1.45;letter-spacing:-.008em;max-width:50rem;margin:.2rem 0 1.6rem;text-wrap:pretty}
nav{margin:1.6rem 0 0;font-size:.9rem}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;margin:0;padding:0}
nav a{text-decoration:none;display:inline-block;padding:.2rem 0}
nav a:hover{text-decoration:underline}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(10.5rem,1fr));gap:.75rem;margin:0 0 1.5rem}
.tile{background:var(--panel);border-radius:8px;padding:.8rem 1rem}
.tile span{display:block;font-size:.82rem;color:var(--quiet)}
.tile b{display:block;font-size:1.75rem;line-height:1.3;font-weight:600;letter-spacing:-.02em}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,26rem),1fr));gap:1.2rem 2rem;margin:1rem 0}
.charts.small{grid-template-columns:repeat(auto-fill,minmax(min(100%,17rem),1fr))}
.charts.small .chart{max-width:24rem}
figure{margin:0;break-inside:avoid}
figcaption{font-weight:600;color:var(--ink);font-size:.9rem}
.chart{display:block;width:100%;height:auto;max-width:28rem}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;padding:0;margin:1rem 0}
.legend li{display:flex;align-items:center;gap:.4rem}
.legend svg{width:1.7rem;height:1.1rem;flex:none}
.entry{display:flex;gap:.45rem}
.sign{width:1.05rem;height:1.05rem;flex:none;margin-top:.15rem}
.number{min-width:1.3em;text-align:right;color:var(--quiet)}
.number:empty{display:none}
table{border-collapse:collapse;width:100%;margin:1.4rem 0 2rem;font-size:.9rem;line-height:1.4}
caption{text-align:left;padding:0 0 .5rem}
th,td{padding:.45rem .6rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--faint);overflow-wrap:break-word}
th:first-child,td:first-child{padding-left:0}
th:last-child,td:last-child{padding-right:0}
thead th{font-weight:600;font-size:.82rem;color:var(--quiet);vertical-align:bottom;border-bottom:1px solid var(--quiet)}
tbody th{font-weight:500}
.n{text-align:right}
.figure,.range,.pair{white-space:nowrap}
td .range,.below{display:block}
.attack{font-weight:600;letter-spacing:.01em}
td .attack{font-size:.82rem;font-weight:500;color:var(--quiet)}
.who{font-style:italic}
.words,.notes{font-size:.88rem;max-width:50rem}
.words>div{display:grid;grid-template-columns:12.5rem 1fr;gap:0 1rem;padding:.22rem 0}
.words dd,.notes dd{margin:0}
.notes{margin:-1.2rem 0 2rem;color:var(--quiet)}
.notes>div{display:grid;grid-template-columns:1.1rem 1fr;gap:0 .3rem;padding:.15rem 0}
.notes dt,.note{font-weight:600}
.note{text-decoration:none;font-size:.75em;line-height:0;vertical-align:super;padding:.4em .15em}
sup{line-height:0}
.notes>div:target{color:var(--ink)}
.about{font-size:.88rem;color:var(--quiet);margin:-1rem 0 2rem}
.none{color:var(--quiet);font-size:.82rem}
.verdict{font-size:.82rem;font-weight:600;white-space:nowrap}
.verdict::before{content:"";display:inline-block;width:.55em;height:.55em;margin-right:.4em;border:1.5px solid currentColor;border-radius:50%}
.verdict.broken,.verdict.leaks{color:var(--warn)}
.verdict.broken::before{background:currentColor;border-radius:0}
.verdict.leaks::before{background:linear-gradient(90deg,currentColor 50%,transparent 50%);border-radius:0}
.verdict.at-chance,.verdict.as-a-supervised-model{color:var(--masked)}
.verdict.undecided{color:var(--ink)}
.verdict.attack-too-weak{color:var(--quiet);font-style:italic}
.verdict.attack-too-weak::before{border-style:dotted}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,28rem),1fr));gap:1.2rem;align-items:start;margin-top:1.2rem}
.card{background:var(--panel);border-radius:10px;padding:1.1rem 1.3rem 1.2rem;border-top:4px solid var(--quiet);break-inside:avoid}
.card.yes{border-top-color:var(--masked)}
.card h3{margin:0;font-size:.9rem;color:var(--quiet)}
.card p{margin:.4rem 0 .8rem}
.answer{font-size:1.3rem;font-weight:650;line-height:1.3;letter-spacing:-.01em}
dl{margin:0}
.card dl>div{display:grid;grid-template-columns:minmax(8.5rem,11rem) 1fr;gap:.1rem 1rem;padding:.4rem 0;border-top:1px solid var(--faint)}
.card dt{color:var(--quiet);font-size:.88rem}
.card dd{margin:0}
.card dd span{display:block;font-size:.82rem;color:var(--quiet)}
.assumptions{margin:.9rem 0 0;padding-left:1.1rem}
.facts>div{display:flex;flex-wrap:wrap;gap:0 1rem;padding:.25rem 0}
.facts dt{min-width:9rem;color:var(--quiet)}
.facts dd{margin:0;overflow-wrap:anywhere;min-width:0}
pre{background:var(--panel);border-radius:8px;padding:.8rem 1rem;white-space:pre-wrap;overflow-wrap:anywhere;font-size:.88rem}
.formula{white-space:normal;font-style:italic}
@media screen and (max-width:46rem){
main{padding:1.2rem 1rem 3rem}
.lead{font-size:1.15rem}
.tiles{grid-template-columns:1fr 1fr}
.tile{padding:.65rem .8rem}
.tile b{font-size:1.4rem}
h2{margin-top:2.6rem;font-size:1.3rem}
.card{padding:.9rem 1rem}
.card dl>div,.words>div{grid-template-columns:1fr}
.words>div{padding:.35rem 0}
}
@media screen and (max-width:60rem){
table,caption,tr,th,td{display:block;width:100%}
tbody{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,20rem),1fr));gap:0 2rem}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
tr{padding:.6rem 0;border-bottom:1px solid var(--faint)}
tbody th{padding:0 0 .2rem;border:0;font-weight:600}
td,td.n{display:grid;grid-template-columns:9rem 1fr;gap:.8rem;padding:.14rem 0;border:0;text-align:left}
td .range{display:inline}
td:has(>span>.absent){display:none}
td::before{content:attr(data-of);color:var(--quiet);font-size:.82rem;line-height:1.55}
}
@media print{
@page{size:A4;margin:16mm 14mm}
html{font-size:12px}
body{font-size:1rem;line-height:1.4}
main{max-width:none;padding:0}
nav{display:none}
h2{margin-top:1.6rem;break-after:avoid}
h3,caption{break-after:avoid}
tr,.tile{break-inside:avoid}
thead{display:table-header-group}
th,td{padding:.3rem .5rem}
thead,tbody tr:first-child{break-before:avoid}
.charts{grid-template-columns:1fr 1fr;gap:.6rem 1rem}
.charts.small{grid-template-columns:1fr 1fr 1fr}
.tiles{grid-template-columns:repeat(4,1fr)}
.tile,.card,pre{border:1px solid var(--faint)}
}
${chartStyle(BY_VARIABLE as unknown as Palette)}
`;
