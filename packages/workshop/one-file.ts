import type { Plugin } from "vite";

/** Puts script and style into the page itself, so that one file opens by double click. */
export function oneFile(): Plugin {
  return {
    name: "moongate-one-file",
    enforce: "post",
    generateBundle(_options, bundle) {
      const page = Object.values(bundle).find(({ fileName }) => fileName.endsWith(".html"));
      if (page?.type !== "asset") throw new Error("the build made no page");
      let html = String(page.source);
      for (const [name, part] of Object.entries(bundle)) {
        if (part === page) continue;
        const text = part.type === "chunk" ? part.code : String(part.source);
        html = name.endsWith(".css") ? withStyle(html, name, text) : withScript(html, name, text);
        Reflect.deleteProperty(bundle, name);
      }
      page.source = html;
      page.fileName = "moongate-workshop.html";
    },
  };
}

function withStyle(html: string, name: string, css: string): string {
  return replaced(html, new RegExp(`<link[^>]*${escaped(name)}[^>]*>`), `<style>${css}</style>`);
}

/** A module at the end of the body, where the page that it fills exists. */
function withScript(html: string, name: string, code: string): string {
  const without = replaced(html, new RegExp(`<script[^>]*${escaped(name)}[^>]*></script>`), "");
  const safe = code.replaceAll("</script", "<\\/script");
  return replaced(without, /<\/body>/, `<script type="module">${safe}</script></body>`);
}

function replaced(text: string, pattern: RegExp, by: string): string {
  if (!pattern.test(text)) throw new Error(`the page does not refer to ${pattern.source}`);
  return text.replace(pattern, () => by);
}

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
