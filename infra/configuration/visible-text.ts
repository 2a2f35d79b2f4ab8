/** Escapes the control characters of a text, so that it is safe to print on a terminal. */
export function visibleText(text: string): string {
  return text.replace(/\p{C}/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
