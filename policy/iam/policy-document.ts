/** A principal: its kind (`AWS`, `Service`, `Federated`, `CanonicalUser`) and its identifier. A lone `*` has the kind `AWS`. */
export interface Principal {
  readonly kind: string;
  readonly id: string;
}

/** One line of a statement's condition. A request has to match all lines, and one of each line's values. */
export interface ConditionLine {
  /** The operator in lower case, because IAM ignores case: `stringequals`, `foranyvalue:stringlike`. */
  readonly operator: string;
  /** The condition key in lower case. */
  readonly key: string;
  readonly values: readonly string[];
}

/** A statement of a policy. A single value becomes a list, and a missing member an empty list. */
export interface Statement {
  readonly sid: string;
  readonly effect: string;
  readonly principals: readonly Principal[];
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** The members `NotPrincipal`, `NotAction` and `NotResource` that the statement has. They match everything except their list. */
  readonly inverted: readonly string[];
  readonly conditions: readonly ConditionLine[];
}

type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function list(value: unknown): readonly string[] {
  return value === undefined ? [] : [value].flat().map(String);
}

function principals(value: unknown): readonly Principal[] {
  if (!isObject(value)) return list(value).map((id) => ({ kind: "AWS", id }));
  return Object.entries(value).flatMap(([kind, ids]) => list(ids).map((id) => ({ kind, id })));
}

function conditions(value: unknown): readonly ConditionLine[] {
  return Object.entries(isObject(value) ? value : {}).flatMap(([operator, keys]) =>
    Object.entries(isObject(keys) ? keys : {}).map(([key, values]) => ({
      operator: operator.toLowerCase(),
      key: key.toLowerCase(),
      values: list(values),
    })),
  );
}

function statement(of: Json, index: number): Statement {
  return {
    sid: `Statement ${of["Sid"] ?? index + 1}`,
    effect: String(of["Effect"]),
    principals: principals(of["Principal"]),
    actions: list(of["Action"]),
    resources: list(of["Resource"]),
    inverted: ["NotPrincipal", "NotAction", "NotResource"].filter((key) => of[key] !== undefined),
    conditions: conditions(of["Condition"]),
  };
}

/**
 * Returns the statements of a policy, which is a JSON text or an object; undefined if it is not a valid policy.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function readStatements(document: unknown): readonly Statement[] | undefined {
  let value = document;
  try {
    if (typeof document === "string") value = JSON.parse(document);
  } catch {
    return undefined;
  }
  const statements = isObject(value) ? [value["Statement"]].flat() : [];
  return statements.length > 0 && statements.every(isObject) ? statements.map(statement) : undefined;
}

/** Returns the Allow statements; none of an unreadable policy, which the rule `policy-document-readable` rejects. */
export function allowing(document: unknown): readonly Statement[] {
  return (readStatements(document) ?? []).filter(({ effect }) => effect === "Allow");
}

/** Returns the Deny statements. */
export function denying(document: unknown): readonly Statement[] {
  return (readStatements(document) ?? []).filter(({ effect }) => effect === "Deny");
}

/**
 * Returns the values that a statement's condition requires for a key with one of the operators; undefined if it has no such
 * condition. Operators with `IfExists` or `ForAllValues:` do not count, because requests without the key pass them.
 */
export function demanded(
  { conditions }: Statement,
  key: string,
  operators: readonly string[],
): readonly string[] | undefined {
  const names = operators.map((operator) => operator.toLowerCase());
  return conditions.find((line) => line.key === key.toLowerCase() && names.includes(line.operator))?.values;
}
