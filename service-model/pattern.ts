/** Longer texts are not held against a pattern: some of AWS's take a time that doubles with each character. */
const longestMatched = 4096;

const compiled = new Map<string, RegExp | undefined>();

/** The expression of a pattern; undefined for one that JavaScript does not read the same way, as the patterns are Java's. */
function expressionOf(pattern: string): RegExp | undefined {
  if (!compiled.has(pattern)) {
    let expression: RegExp | undefined;
    try {
      expression = new RegExp(`^(?:${pattern})$`, "u");
    } catch {
      expression = undefined;
    }
    compiled.set(pattern, expression);
  }
  return compiled.get(pattern);
}

/** Whether a text matches a pattern of a service's model; one that cannot be judged does. */
export function matches(text: string, pattern: string): boolean {
  return text.length > longestMatched || expressionOf(pattern)?.test(text) !== false;
}
