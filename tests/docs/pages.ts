import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../../scripts/local-stack/folders.ts";

/** A Markdown page of the repository. */
export interface Page {
  /** Relative to the repository, such as `docs/check.md`. */
  readonly path: string;
  readonly text: string;
}

/** A block of code of a page: its language, and the lines between the fences. */
export interface CodeBlock {
  readonly language: string;
  readonly code: string;
}

/** Lists the Markdown files below a folder, but for those of packages and in hidden folders. */
function markdownBelow(folder: string): readonly string[] {
  return readdirSync(join(repository, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.name.startsWith(".") || entry.name === "node_modules") return [];
    if (entry.isDirectory()) return markdownBelow(path);
    return entry.name.endsWith(".md") ? [path] : [];
  });
}

/** Returns a page by its path. */
export function page(path: string): Page {
  return { path, text: readFileSync(join(repository, path), "utf8") };
}

/** Every page of the repository. */
export const pages: readonly Page[] = markdownBelow("").map(page);

/** Returns the blocks of code of a page, in their order. */
export function codeBlocks({ text }: Page): readonly CodeBlock[] {
  return [...text.matchAll(/^```(\S*)\n(.*?)^```$/gms)].map(([, language = "", code = ""]) => ({ language, code }));
}

/** Returns the text of a page without its blocks of code. */
export function prose({ text }: Page): string {
  return text.replace(/^```.*?^```$/gms, "");
}

/** Returns the cells of every row of the page's tables whose first cell has the given form. */
export function tableRows({ text }: Page, first: RegExp): readonly (readonly string[])[] {
  return [...text.matchAll(/^\| (.*) \|$/gm)]
    .map(([, row = ""]) => row.split(" | "))
    .filter(([cell = ""]) => first.test(cell));
}

/** Returns the part of a page that is the table whose header begins with the given cell. */
export function table({ path, text }: Page, header: string): Page {
  const [, rows = ""] = text.split(`\n| ${header} |`);
  return { path, text: rows.split("\n\n")[0] ?? "" };
}
