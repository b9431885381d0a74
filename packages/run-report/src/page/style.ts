import { PALETTES } from "./palette.ts";

const variables = (palette: Readonly<Record<string, string>>): string =>
  Object.entries(palette)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(";");

const LIGHT = `color-scheme:light;${variables(PALETTES.light)}`;
const DARK = `color-scheme:dark;${variables(PALETTES.dark)}`;

/** The page's whole style: light and dark, from 320 pixels on, and on paper. */
export const PAGE_STYLE = `
:root{${LIGHT}}
@media (prefers-color-scheme:dark){:root{${DARK}}}
@media print{:root{${LIGHT}}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC",sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
main{max-width:62rem;margin:0 auto;padding:1.2rem 1.25rem 4rem}
input[name=language]{position:absolute;opacity:0;pointer-events:none}
#en:checked~main.zh,#zh:checked~main.en{display:none}
.switch{display:flex;justify-content:flex-end;max-width:62rem;margin:0 auto;padding:1rem 1.25rem 0;gap:.25rem}
.switch label{padding:.2rem .75rem;border-radius:99px;font-size:.85rem;color:var(--quiet);cursor:pointer}
#en:checked~.switch label[for=en],#zh:checked~.switch label[for=zh]{background:var(--panel);color:var(--ink);font-weight:600}
#en:focus-visible~.switch label[for=en],#zh:focus-visible~.switch label[for=zh]{outline:2px solid var(--joint)}
h1{font-size:1rem;font-weight:600;color:var(--quiet);margin:0 0 .5rem}
h2{font-size:1.4rem;line-height:1.3;letter-spacing:-.01em;margin:3.2rem 0 .8rem;padding-top:1.1rem;border-top:1px solid var(--faint)}
h3{font-size:1.02rem;margin:2rem 0 .4rem}
section:first-of-type h2{margin-top:1.6rem}
p{max-width:46rem;margin:.5rem 0}
header p{margin:.3rem 0}
a{color:var(--joint)}
.note,small{color:var(--quiet);font-size:.84rem;line-height:1.5}
.answer{font-size:1.75rem;line-height:1.25;font-weight:650;letter-spacing:-.02em;margin:.4rem 0 .7rem;max-width:none}
nav{margin:1rem 0 0;font-size:.88rem}
nav ul,.key{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;margin:0;padding:0}
nav a{text-decoration:none;display:inline-block;padding:.15rem 0}
nav a:hover{text-decoration:underline}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(10.2rem,1fr));gap:.7rem;margin:1.4rem 0}
.tile{background:var(--panel);border-radius:10px;padding:.75rem .95rem}
.tile span,.tile small{display:block}
.tile span{font-size:.82rem;color:var(--quiet)}
.tile b{display:block;font-size:1.6rem;line-height:1.35;font-weight:620;letter-spacing:-.02em}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:1.6rem 2.4rem;margin:.8rem 0}
figure{margin:0 0 1rem;min-width:0;max-width:100%;break-inside:avoid}
.charts>figure{max-width:30rem}
figcaption{margin:0 0 .15rem}
.key{font-size:.84rem;color:var(--quiet);margin:.1rem 0 .4rem}
.key li{display:flex;align-items:center;gap:.45rem}
.chart svg{font-family:inherit;font-size:12px;display:block;width:100%;height:auto;overflow:visible}
.chart text{white-space:pre}
.narrow{display:none}
@media (max-width:640px){.wide{display:none}.narrow{display:block}}
@media print{.wide{display:block}.narrow{display:none}.switch,nav{display:none}body{font-size:11pt}h2{break-after:avoid}tr{break-inside:avoid}}
.swatch{display:inline-block;width:1.35rem;height:0;border-top:3px solid var(--quiet)}
.swatch.alone{border-top:2px dashed var(--alone)}
.swatch.joint{border-color:var(--joint)}
.swatch.pooled{border-top:7px solid var(--pooled);opacity:.45}
.swatch.best{width:2px;height:.9rem;border:0;background:var(--ink);margin:0 .6rem}
.swatch.positive,.swatch.negative{height:.75rem;width:.95rem;border:1.5px solid var(--positive);background:color-mix(in srgb,var(--positive) 28%,transparent)}
.swatch.negative{border-color:var(--negative);background:color-mix(in srgb,var(--negative) 28%,transparent)}
.swatch.open,.swatch.sealed{width:.75rem;height:.75rem;border-radius:50%;border:2px solid var(--sealed)}
.swatch.open{border-color:var(--open);background:var(--open)}
${Object.keys(PALETTES.light)
  .filter((name) => name.startsWith("phase-"))
  .map(
    (name) =>
      `.swatch.${name}{width:.85rem;height:.85rem;border:0;border-radius:3px;background:var(--${name})}`,
  )
  .join("\n")}
table{border-collapse:collapse;width:100%;font-size:.88rem;margin:.8rem 0}
th{text-align:left;font-weight:600;color:var(--quiet);border-bottom:1px solid var(--quiet);padding:.35rem .9rem .35rem 0;vertical-align:bottom}
td{border-bottom:1px solid var(--faint);padding:.35rem .9rem .35rem 0;vertical-align:top}
.number{text-align:right;white-space:nowrap}
summary{cursor:pointer;color:var(--joint);font-size:.9rem;padding:.3rem 0}
code,pre{font:.88em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
pre{background:var(--panel);border-radius:8px;padding:.7rem .9rem;white-space:pre-wrap;margin:.4rem 0 1rem}
.opened{color:var(--open);font-weight:600}
.closed{color:var(--sealed)}
@media (max-width:640px){
main{padding:1rem 1rem 3rem}
.answer{font-size:1.45rem}
table,tbody,tr,td{display:block}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
tr{border-bottom:1px solid var(--faint);padding:.45rem 0}
td{border:0;padding:.08rem 0;display:grid;grid-template-columns:7.2rem minmax(0,1fr);gap:.6rem}
td::before{content:attr(data-title);color:var(--quiet);font-size:.94em}
td.number{text-align:left;white-space:normal}
}
`;
