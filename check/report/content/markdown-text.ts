/** Text on one line, without what would change how it is read: control characters and marks of direction. */
function onOneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").trim();
}

/** A row of backticks that is longer than every one in the text. */
function backticks(text: string, least: number): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([row]) => row.length));
  return "`".repeat(Math.max(least, longest + 1));
}

/**
 * Any text as code in a line, where GitHub reads neither Markdown nor HTML nor `@name`.
 * Source: https://github.github.com/gfm/#code-spans
 */
export function codeSpan(text: string): string {
  const line = onOneLine(text);
  if (line === "") return "(empty)";
  const fence = backticks(line, 1);
  const padding = line.startsWith("`") || line.endsWith("`") ? " " : "";
  return `${fence}${padding}${line}${padding}${fence}`;
}

/**
 * Any text as words in a line: its signs are no Markdown, no HTML, no link and no `@name`. A backslash makes any sign of
 * punctuation plain; only links of bare addresses need more, an entity in the place of their colon or full stop.
 * Source: https://github.github.com/gfm/#backslash-escapes, https://github.github.com/gfm/#autolinks-extension-
 */
export function prose(text: string): string {
  return onOneLine(text)
    .replaceAll(/[\\`*_{}[\]<>()#+!|~&@$"'-]/g, "\\$&")
    .replaceAll(/:(?=\/\/)/g, "&#58;")
    .replaceAll(/(?<=\bwww)\./gi, "&#46;")
    .replaceAll(/^(\d+)([.)])(?=\s|$)/g, "$1\\$2");
}

/** Any text of several lines as a block of code of a language. */
export function codeBlock(language: string, text: string): string {
  const fence = backticks(text, 3);
  return `${fence}${language}\n${text}\n${fence}`;
}

/**
 * A table of cells that are Markdown in a line. A pipe would end a cell, even in code; a backslash before it would take the
 * escape away, and is left out.
 * Source: https://github.github.com/gfm/#tables-extension-
 */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll(/\\*\|/g, "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Markdown that is shown after a click on its title, which is plain words. */
export function collapsed(title: string, content: string): string {
  return `<details><summary>${title}</summary>\n\n${content}\n\n</details>`;
}
