/** Names that JavaScript itself reads, for example when it awaits or prints an object. They may be missing. */
const asked = new Set(["then", "toJSON", "constructor", "inspect"]);

/**
 * Returns a record with `value(key)` for each key. Reading another key is a compile error. At run time it throws an
 * error that lists the keys, because an undefined value in the definition would fail much later.
 *
 * @param what the record's name in the error, such as `step Train, outputs`
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
        throw new Error(`${what}: ${key} does not exist; use one of: ${keys.join(", ") || "none"}`);
      return Reflect.get(target, key);
    },
  });
}
