/** Tags as `aws-native` takes them, where `aws` takes them by key; nothing for none, as AWS answers none either. */
export function tagList(tags: Readonly<Record<string, string>>): { tags?: { key: string; value: string }[] } {
  const list = Object.entries(tags).map(([key, value]) => ({ key, value }));
  return list.length === 0 ? {} : { tags: list };
}
