/** What matters of a JSON text: its strings, and where objects, lists and values begin and end. */
const token = /"(?:[^"\\]+|\\.)*"|[{}[\]:]/g;

/**
 * The first key that an object in a JSON text has twice, as it is written there. `JSON.parse` takes the last of them without
 * a word, other readers the first one.
 *
 * @param json a text that `JSON.parse` takes
 */
export function duplicateKey(json: string): string | undefined {
  /** The keys of each object that is open; a list has none. */
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
