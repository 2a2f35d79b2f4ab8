import type { PolicyCondition, PolicyStatement } from "./policy.ts";

/** What something needs to do. Several with one `Sid` become one statement where that allows nothing more. */
export type Permission = Omit<PolicyStatement, "Effect">;

/** Without repetitions, sorted: the same permissions are the same text. */
function set(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}

/** Without the resources that another one with a `*` at its end contains. Sorted, such a one comes before those it contains. */
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

/** The permissions in groups of the same key, in the order of their first ones. */
function grouped(
  permissions: readonly Permission[],
  key: (permission: Permission) => unknown,
): readonly (readonly Permission[])[] {
  const groups = new Map<string, Permission[]>();
  for (const permission of permissions) {
    const name = JSON.stringify(key(permission));
    groups.set(name, [...(groups.get(name) ?? []), permission]);
  }
  return [...groups.values()];
}

/** The conditions' values together: what one of them allows. Their operators and keys are the same. */
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
 * The permissions as few statements: what differs in its resources alone is one statement, and what differs in the values
 * of its condition alone. A second statement of a `Sid` has a number.
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
