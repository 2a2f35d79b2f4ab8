/**
 * Returns a text of unknown origin as one line for a terminal. Line breaks and control characters are written as their
 * code points, and a longer text is cut.
 */
export function oneLine(text: string, mostCharacters = 300): string {
  const cut = text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters)}...`;
  return cut.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`);
}
