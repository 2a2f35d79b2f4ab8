/** The most characters of a text that is matched. Some of AWS's patterns take twice as long with each further character. */
const longestMatched = 4096;

const compiled = new Map<string, RegExp | undefined>();

/** Compiles a pattern, which is in Java's syntax. Returns undefined for a pattern that JavaScript cannot compile. */
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

/** Tells whether a text matches a pattern of a service's model. Returns true if the match cannot be decided. */
export function matches(text: string, pattern: string): boolean {
  return text.length > longestMatched || expressionOf(pattern)?.test(text) !== false;
}
