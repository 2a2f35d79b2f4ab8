/** Matches the strings of a JSON text, and the marks at which objects, lists and values begin and end. */
const token = /"(?:[^"\\]+|\\.)*"|[{}[\]:]/g;

/**
 * Returns the first key that occurs twice in an object of a JSON text. `JSON.parse` silently uses the last occurrence, other
 * readers the first.
 *
 * @param json a text that `JSON.parse` accepts
 */
export function duplicateKey(json: string): string | undefined {
  /** The keys so far of each open object; empty for a list. */
  const open: Set<string>[] = [];
  let text = '""';
  for (const [mark] of json.matchAll(token)) {
    if (mark === "{" || mark === "[") open.push(new Set());
    else if (mark === "}" || mark === "]") open.pop();
    else if (mark !== ":") text = mark;
    else {
      const [keys = new Set(), key] = [open.at(-1), JSON.parse(text) as string];
      if (keys.has(key)) return text;
      keys.add(key);
    }
  }
  return undefined;
}
