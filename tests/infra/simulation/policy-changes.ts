import type { PolicyStatement } from "../../../infra/permissions/policy.ts";

/** A description of a change, and the statements that replace the original one. */
export type PolicyChange = readonly [what: string, instead: readonly PolicyStatement[]];

/** Returns the statement without one action, resource or condition value each, and no statement at all. */
export function narrower(statement: PolicyStatement): readonly PolicyChange[] {
  const parts = (["Action", "Resource"] as const).flatMap((part) =>
    statement[part].map((left): PolicyChange => {
      const rest = statement[part].filter((entry) => entry !== left);
      return [left, rest.length === 0 ? [] : [{ ...statement, [part]: rest }]];
    }),
  );
  const values = Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).flatMap(([key, several]) =>
      Array.isArray(several)
        ? several.map((left: string): PolicyChange => {
            const rest = several.filter((value: string) => value !== left);
            const Condition = { ...statement.Condition, [operator]: { ...keys, [key]: rest } };
            return [`${key} ${left}`, [{ ...statement, Condition }]];
          })
        : [],
    ),
  );
  return [["the whole statement", []], ...parts, ...values];
}

/** Returns the statement without one key of its condition each. */
export function withoutCondition({ Condition = {}, ...open }: PolicyStatement): readonly PolicyChange[] {
  return Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.keys(keys).map((left): PolicyChange => {
      const rest = Object.entries(keys).filter(([key]) => key !== left);
      const others = Object.entries(Condition).filter(([name]) => name !== operator);
      const kept = [...others, ...(rest.length === 0 ? [] : [[operator, Object.fromEntries(rest)] as const])];
      return [left, [kept.length === 0 ? open : { ...open, Condition: Object.fromEntries(kept) }]];
    }),
  );
}

/**
 * Returns the statement with one wider resource each: in every region or account, with any text after its name, or with less of
 * its path. Without a condition, also returns it with all actions of its service. Other actions do not support the keys of a
 * condition.
 */
export function wider(statement: PolicyStatement): readonly PolicyChange[] {
  const { Action, Resource, Condition } = statement;
  const resources = Resource.flatMap((narrow, place) =>
    widerResources(narrow).map((wide): PolicyChange => {
      const instead = Resource.map((other, index) => (index === place ? wide : other));
      return [`${narrow} as ${wide}`, [{ ...statement, Resource: instead }]];
    }),
  );
  const services = [...new Set(Action.map((action) => `${action.split(":")[0]}:*`))];
  return [
    ...resources,
    ...(Condition === undefined
      ? services.map((all): PolicyChange => [`${all} on ${Resource.join()}`, [{ ...statement, Action: [all] }]])
      : []),
  ];
}

function widerResources(resource: string): readonly string[] {
  if (resource === "*") return [];
  const [arn, partition, service, region = "", account = "", ...rest] = resource.split(":");
  const at = (where: string, who: string, name: string) => [arn, partition, service, where, who, name].join(":");
  const name = rest.join(":");
  const shorter = [...name.matchAll(/[/:]/g)].map(({ index }) => `${name.slice(0, index + 1)}*`);
  const names = [...shorter, `${name.replace(/\*$/, "")}*`].map((wide) => at(region, account, wide));
  const anywhere = [
    ...(region === "" ? [] : [at("*", account, name)]),
    ...(account === "" ? [] : [at(region, "*", name)]),
  ];
  return [...new Set(["*", ...names, ...anywhere])].filter((wide) => wide !== resource);
}
