/**
 * A text that came from elsewhere, fit for a line on a terminal: whatever ends a line or acts on a terminal is written as
 * its number, and what is longer is cut.
 */
export function oneLine(text: string, mostCharacters = 300): string {
  const cut = text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters)}...`;
  return cut.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`);
}
