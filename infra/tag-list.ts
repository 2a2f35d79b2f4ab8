/** Converts tags to the list that `aws-native` takes. Omits an empty list, as AWS's answers do. */
export function tagList(tags: Readonly<Record<string, string>>): { tags?: { key: string; value: string }[] } {
  const list = Object.entries(tags).map(([key, value]) => ({ key, value }));
  return list.length === 0 ? {} : { tags: list };
}
