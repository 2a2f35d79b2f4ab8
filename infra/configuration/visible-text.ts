/** A text for a line on a terminal, with nothing in it that a terminal acts on. */
export function visibleText(text: string): string {
  return text.replace(/\p{C}/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
