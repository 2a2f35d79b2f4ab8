/** Puts a text on one line, and removes control characters and marks of direction, which would change how it is displayed. */
function onOneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").trim();
}

/** Returns a row of backticks that is longer than any row in the text. */
function backticks(text: string, least: number): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([row]) => row.length));
  return "`".repeat(Math.max(least, longest + 1));
}

/**
 * Formats any text as inline code, in which GitHub interprets neither Markdown nor HTML nor `@name`.
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
 * Escapes any text, so that GitHub finds no Markdown, HTML, link or `@name` in it. A backslash escapes any punctuation mark;
 * only bare URLs would still become links, so their colons and full stops become entities.
 * Source: https://github.github.com/gfm/#backslash-escapes, https://github.github.com/gfm/#autolinks-extension-
 */
export function prose(text: string): string {
  return onOneLine(text)
    .replaceAll(/[\\`*_{}[\]<>()#+!|~&@$"'-]/g, "\\$&")
    .replaceAll(/:(?=\/\/)/g, "&#58;")
    .replaceAll(/(?<=\bwww)\./gi, "&#46;")
    .replaceAll(/^(\d+)([.)])(?=\s|$)/g, "$1\\$2");
}

/** Formats any text of several lines as a code block of a language. */
export function codeBlock(language: string, text: string): string {
  const fence = backticks(text, 3);
  return `${fence}${language}\n${text}\n${fence}`;
}

/**
 * Formats a table of cells with inline Markdown. Escapes pipes, which would end a cell even in code, and removes backslashes
 * before them, which would cancel the escape.
 * Source: https://github.github.com/gfm/#tables-extension-
 */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll(/\\*\|/g, "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Formats Markdown that appears after a click on its title. */
export function collapsed(title: string, content: string): string {
  return `<details><summary>${title}</summary>\n\n${content}\n\n</details>`;
}
