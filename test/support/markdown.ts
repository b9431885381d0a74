import { readdirSync } from "node:fs";
import { join, relative } from "node:path";

/** Folders without pages of ours, wherever they are; and at the top. */
const SKIPPED = new Set(["node_modules", "dist", ".git"]);
const SKIPPED_AT_TOP = new Set(["data", "runs"]);

/** Every Markdown page under a folder, relative to it. */
export function pagesUnder(root: string, folder = root): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    const name = relative(root, path);
    if (SKIPPED.has(entry.name) || SKIPPED_AT_TOP.has(name)) return [];
    if (entry.isDirectory()) return pagesUnder(root, path);
    return entry.name.endsWith(".md") ? [name] : [];
  });
}

/** Targets of links and images that are not addresses on the web: a file, "#heading" or both. */
export function relativeLinks(page: string): string[] {
  const links = [...prose(page).matchAll(/\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)/g)];
  return links.map(([, target = ""]) => target).filter((target) => !/^[a-z]+:/.test(target));
}

/** What a page's headings are called in links, as GitHub names them. */
export function anchors(page: string): string[] {
  const seen = new Map<string, number>();
  return [...prose(page).matchAll(/^#{1,6} +(.+?) *#*$/gm)].map(([, heading = ""]) => {
    const words = heading.toLowerCase().replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, "");
    const name = words.replaceAll(" ", "-");
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    return before === 0 ? name : `${name}-${before}`;
  });
}

/** A page without its code, which may look like links and headings. */
function prose(page: string): string {
  return page
    .replace(/^( *)```[^]*?^\1```$/gm, "")
    .replace(/`[^`\n]*`/g, (code) => code.slice(1, -1));
}
