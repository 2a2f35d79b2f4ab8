/** A record with `valueFor(key)` for each key. */
export function recordOf<Key extends string, Result>(
  keys: readonly Key[],
  valueFor: (key: Key) => Result,
): Readonly<Record<Key, Result>> {
  return Object.freeze(Object.fromEntries(keys.map((key) => [key, valueFor(key)])) as Record<Key, Result>);
}

/** A record with the same keys and other values. */
export function mapRecord<Key extends string, From, To>(
  record: Readonly<Record<Key, From>>,
  change: (value: From, key: Key) => To,
): Readonly<Record<Key, To>> {
  return recordOf(Object.keys(record) as Key[], (key) => change(record[key], key));
}
