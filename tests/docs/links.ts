import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { repository } from "../../scripts/local-stack/folders.ts";
import { type Page, page, prose } from "./pages.ts";

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

/** Returns the targets of the links of a page. */
export function targets(of: Page): readonly string[] {
  return [...prose(of).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
}

/** Returns the path that a link of a page points to, relative to the repository. */
function pathOf(from: Page, target: string): string {
  const [file = ""] = target.split("#");
  return file === "" ? from.path : normalize(join(dirname(from.path), file));
}

/** Returns the name of the pipeline folder that a link points into. */
export function linkedPipeline(from: Page, target: string): string | undefined {
  return /^pipelines\/([^/]+)\//.exec(pathOf(from, target))?.[1];
}

/** Returns why a link of a page leads nowhere; undefined for one that leads somewhere, or out of the repository. */
export function linkProblem(from: Page, target: string): string | undefined {
  if (/^https?:/.test(target)) return undefined;
  const path = pathOf(from, target);
  const [, fragment] = target.split("#");
  if (!existsSync(join(repository, path))) return `${from.path}: ${target} does not exist`;
  if (fragment === undefined || anchors(page(path)).includes(fragment)) return undefined;
  return `${from.path}: ${path} has no heading #${fragment}`;
}
