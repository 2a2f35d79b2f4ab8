import type { PolicyCondition, PolicyStatement } from "./policy.ts";

/** One permission. Permissions with the same `Sid` are merged into one statement where that grants nothing more. */
export type Permission = Omit<PolicyStatement, "Effect">;

/** Returns the values sorted and without duplicates, so that the same permissions give the same text. */
function set(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}

/** Removes resources that another one ending in `*` covers. After sorting, the covering one comes first. */
export function widest(resources: readonly string[]): readonly string[] {
  const kept: string[] = [];
  let prefix: string | undefined;
  for (const resource of [...resources].sort((a, b) => (a.replace(/\*$/, "") < b.replace(/\*$/, "") ? -1 : 1))) {
    if (prefix !== undefined && resource.startsWith(prefix)) continue;
    kept.push(resource);
    if (/^[^*]+\*$/.test(resource) && !resource.endsWith("{*")) prefix = resource.slice(0, -1);
  }
  return set(kept);
}

/** Groups the permissions by a key, in the order in which the keys first appear. */
function grouped(
  permissions: readonly Permission[],
  key: (permission: Permission) => unknown,
): readonly (readonly Permission[])[] {
  const groups = new Map<string, Permission[]>();
  for (const permission of permissions) {
    const name = JSON.stringify(key(permission));
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [permission]);
    else group.push(permission);
  }
  return [...groups.values()];
}

/** Merges conditions with the same operators and keys: the result allows each of their values. */
function either(conditions: readonly PolicyCondition[]): PolicyCondition {
  const [first = {}] = conditions;
  return Object.fromEntries(
    Object.entries(first).map(([operator, keys]) => [
      operator,
      Object.fromEntries(
        Object.keys(keys).map((key) => {
          const values = set(conditions.flatMap((condition) => condition[operator]?.[key] ?? []));
          return [key, values.length === 1 ? (values[0] as string) : values];
        }),
      ),
    ]),
  );
}

function conditionKeys({ Condition = {} }: Permission): unknown {
  return Object.entries(Condition).map(([operator, keys]) => [operator, Object.keys(keys)]);
}

/**
 * Merges permissions into as few statements as possible. Permissions that differ only in their resources become one statement,
 * and so do those that differ only in the values of their condition. A second statement with the same `Sid` gets a number.
 */
export function statements(permissions: readonly Permission[]): readonly PolicyStatement[] {
  const ofResources = grouped(permissions, ({ Sid, Action, Condition }) => [Sid, Action, Condition]).map((same) => ({
    ...(same[0] as Permission),
    Resource: widest(set(same.flatMap(({ Resource }) => Resource))),
  }));
  const merged = grouped(ofResources, (one) => [one.Sid, one.Action, one.Resource, conditionKeys(one)]).map((same) => {
    const [{ Condition, ...rest }] = same as [Permission];
    return Condition === undefined ? rest : { ...rest, Condition: either(same.map((one) => one.Condition ?? {})) };
  });
  const seen = new Map<string, number>();
  return merged.map(({ Sid, ...rest }) => {
    const count = (seen.get(Sid) ?? 0) + 1;
    seen.set(Sid, count);
    return { Sid: count === 1 ? Sid : `${Sid}${count}`, Effect: "Allow", ...rest };
  });
}
