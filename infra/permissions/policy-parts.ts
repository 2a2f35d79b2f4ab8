import { type PolicyStatement, policyDocument, withResources } from "./policy.ts";

/**
 * The characters that IAM accepts in all inline policies of a role, and in one managed policy, and how many managed policies
 * a role may have. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const quotas = { inline: 10_240, managed: 6144, attached: 10 };

/** Returns the ARN of a role's managed policy with this number; `?` stands for any of them. */
export function managedPolicyArn(roleArn: string, index: number | "?"): string {
  return `${roleArn.replace(":role/", ":policy/")}-${index}`;
}

/** The list of a statement that can be cut: its resources or, if it has only one, the values of its condition. */
interface Cuttable {
  readonly values: readonly string[];
  readonly holding: (values: readonly string[]) => PolicyStatement;
}

function cuttable(statement: PolicyStatement): Cuttable {
  const { Resource, Condition = {} } = statement;
  if (Resource.length > 1) return { values: Resource, holding: (some) => ({ ...statement, Resource: some }) };
  for (const [operator, keys] of Object.entries(Condition))
    for (const [key, values] of Object.entries(keys))
      if (Array.isArray(values) && values.length > 1)
        return {
          values,
          holding: (some) => ({ ...statement, Condition: { ...Condition, [operator]: { ...keys, [key]: some } } }),
        };
  return { values: [], holding: () => statement };
}

/** Returns the length of a value in a list, with a comma. */
function listedLength(value: unknown): number {
  return JSON.stringify(value).length + 1;
}

/** Cuts a statement after the values that fit into `room` characters. */
function cut(
  statement: PolicyStatement,
  room: number,
): { readonly fitting?: PolicyStatement; readonly rest?: PolicyStatement } {
  if (listedLength(statement) <= room) return { fitting: statement };
  const { values, holding } = cuttable(statement);
  let left = room - listedLength(holding([]));
  const count = values.findIndex((value) => {
    left -= listedLength(value);
    return left < 0;
  });
  if (count <= 0) return { rest: statement };
  return { fitting: holding(values.slice(0, count)), rest: holding(values.slice(count)) };
}

/**
 * Splits a role's permissions over policies that IAM accepts. The first one is for the role itself (inline), and the others are
 * managed policies. Returns no policy without statements, because IAM rejects such a policy.
 */
export function policyParts(allowed: readonly PolicyStatement[]): readonly (readonly PolicyStatement[])[] {
  const frame = policyDocument([]).length;
  const parts: PolicyStatement[][] = [];
  let room = 0;
  const add = (statement: PolicyStatement) => {
    parts.at(-1)?.push(statement);
    room -= listedLength(statement);
  };
  const place = (statement: PolicyStatement): void => {
    const { fitting, rest } = cut(statement, room);
    if (fitting !== undefined) add(fitting);
    if (rest === undefined) return;
    // `policyProblems` reports a statement that is too long for a policy of its own.
    if (parts.at(-1)?.length === 0) add(rest);
    else {
      room = (parts.length === 0 ? quotas.inline : quotas.managed) - frame;
      parts.push([]);
      place(rest);
    }
  };
  withResources(allowed).forEach(place);
  return parts;
}

/** Returns a line if the permissions do not fit into the policies that a role may have. */
export function policyProblems(role: string, allowed: readonly PolicyStatement[]): readonly string[] {
  const parts = policyParts(allowed);
  const [inline = 0, ...managed] = parts.map((part) => policyDocument(part).length);
  const fits = inline <= quotas.inline && managed.every((length) => length <= quotas.managed);
  if (fits && managed.length <= quotas.attached) return [];
  return [
    `${role}: its permissions need ${managed.length} managed policies besides its own, but IAM accepts ${quotas.attached} of ${quotas.managed} characters; deploy fewer pipelines per stack (onlyPipelines)`,
  ];
}
