import { codeBlocks, page } from "./pages.ts";

/**
 * Returns the lines of an output that are the same each time. A step that ends quickly has no line that it is running, and
 * times, ports and identifiers differ.
 */
export function steadyLines(output: string): readonly string[] {
  return output
    .split("\n")
    .filter((line) => line.trim() !== "" && !/^ {2}\S+ +running$/.test(line))
    .map((line) =>
      line
        .replace(/\d+(\.\d)? s\b/g, "0.0 s")
        .replace(/127\.0\.0\.1:\d+/g, "127.0.0.1:0")
        .replace(/\/execution\/\w+/g, "/execution/id"),
    );
}

/** Returns the output that README.md shows, of the block that has the given text. */
export function shownOutput(text: string): string {
  const block = codeBlocks(page("README.md")).find(({ code }) => code.includes(text));
  if (block === undefined) throw new Error(`README.md has no block of code with ${text}`);
  return block.code;
}
