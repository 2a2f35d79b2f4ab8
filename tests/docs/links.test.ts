import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { repository } from "../../scripts/local-stack/folders.ts";
import { type Page, page, pages, prose } from "./pages.ts";

/** Returns the anchor that GitHub gives to a heading. */
function anchor(heading: string): string {
  return heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(" ", "-");
}

function anchors(of: Page): readonly string[] {
  return [...prose(of).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => anchor(heading));
}

function targets(of: Page): readonly string[] {
  return [...prose(of).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
}

/** Returns why a link of a page leads nowhere; undefined for one that leads somewhere, or out of the repository. */
function problem(from: Page, target: string): string | undefined {
  if (/^https?:/.test(target)) return undefined;
  const [file = "", fragment] = target.split("#");
  const path = file === "" ? from.path : normalize(join(dirname(from.path), file));
  if (!existsSync(join(repository, path))) return `${from.path}: ${target} does not exist`;
  if (fragment === undefined || anchors(page(path)).includes(fragment)) return undefined;
  return `${from.path}: ${path} has no heading #${fragment}`;
}

describe("the links of the pages", () => {
  for (const one of pages)
    it(`in ${one.path} point to existing files and headings`, () => {
      assert.deepEqual(
        targets(one).flatMap((target) => problem(one, target) ?? []),
        [],
      );
    });

  it("in README.md point to every page of docs/", () => {
    const linked = targets(page("README.md")).map((target) => target.split("#")[0]);
    const unlinked = pages.filter(({ path }) => path.startsWith("docs/") && !linked.includes(path));
    assert.deepEqual(
      unlinked.map(({ path }) => path),
      [],
    );
  });
});
