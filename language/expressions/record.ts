/** Names that the language itself asks of any object. */
const asked = new Set(["then", "toJSON", "constructor", "inspect"]);

/**
 * A record with `value(key)` for each key. Asking it for another name is a compile error, and where nobody compiled, an
 * error that names those there are: an undefined that went on into the definition would fail much later.
 *
 * @param what whose names these are, such as `step Train, outputs`
 */
export function recordOf<Key extends string, Result>(
  what: string,
  keys: readonly Key[],
  value: (key: Key) => Result,
): Readonly<Record<Key, Result>> {
  const record = Object.freeze(Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<Key, Result>);
  return new Proxy(record, {
    get(target, key) {
      if (typeof key === "string" && !Object.hasOwn(target, key) && !asked.has(key))
        throw new Error(`${what}: there is no ${key}; there are: ${keys.join(", ") || "none"}`);
      return Reflect.get(target, key);
    },
  });
}
