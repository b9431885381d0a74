import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { anchors, pagesUnder, relativeLinks } from "./support/markdown.ts";
import { ROOT } from "./support/moongate.ts";

describe("links in Markdown pages", () => {
  const pages = pagesUnder(ROOT);

  it("are looked for in every page", () => {
    expect(pages).toEqual(expect.arrayContaining(["README.md", "packages/data/README.md"]));
  });

  it.each(pages)("of %s lead somewhere", (page) => {
    expect(brokenLinks(ROOT, page)).toEqual([]);
  });

  it("are found and followed", () => {
    const page = [
      "# The *first* heading, of `two`",
      "[one](b.md#part) ![two](<c.png>) [web](https://example.org) [here](#twice-1)",
      "## Twice\n## Twice\n```sh\n# no heading [no](link)\n```",
    ].join("\n");
    expect(relativeLinks(page)).toEqual(["b.md#part", "c.png", "#twice-1"]);
    expect(anchors(page)).toEqual(["the-first-heading-of-two", "twice", "twice-1"]);
  });
});

function brokenLinks(root: string, page: string): string[] {
  const text = readFileSync(join(root, page), "utf8");
  return relativeLinks(text).filter((link) => {
    const [file = "", anchor] = decodeURIComponent(link).split("#");
    const target = file === "" ? join(root, page) : join(root, dirname(page), file);
    if (!existsSync(target)) return true;
    return anchor !== undefined && !anchors(readFileSync(target, "utf8")).includes(anchor);
  });
}
