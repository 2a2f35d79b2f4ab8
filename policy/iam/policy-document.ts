/** Whom a statement is about: `AWS`, `Service`, `Federated`, `CanonicalUser`, and who; `*` alone is AWS's `*`. */
export interface Principal {
  readonly kind: string;
  readonly id: string;
}

/** One line of a statement's condition: all lines have to hold, of a line's values one. */
export interface Condition {
  /** In lower case, as IAM compares it: `stringequals`, `foranyvalue:stringlike`. */
  readonly operator: string;
  /** In lower case. */
  readonly key: string;
  readonly values: readonly string[];
}

/** A statement of a policy, with lists where IAM takes a value or a list, and empty lists for what it does not have. */
export interface Statement {
  readonly sid: string;
  readonly effect: string;
  readonly principals: readonly Principal[];
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Which of `NotPrincipal`, `NotAction` and `NotResource` it has: they name what is left out. */
  readonly inverted: readonly string[];
  readonly conditions: readonly Condition[];
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

function conditions(value: unknown): readonly Condition[] {
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
 * The statements of a policy, given as JSON text or as an object; undefined if it is neither, or no policy.
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

/** The statements that allow something; of what is no policy none, as a rule of its own refuses that. */
export function allowing(document: unknown): readonly Statement[] {
  return (readStatements(document) ?? []).filter(({ effect }) => effect === "Allow");
}

/** The statements that refuse something. */
export function denying(document: unknown): readonly Statement[] {
  return (readStatements(document) ?? []).filter(({ effect }) => effect === "Deny");
}

/**
 * The values that a statement's condition demands of a key with one of the operators, or undefined if it demands none.
 * `...IfExists` and `ForAllValues:` are other operators: a request without the key passes them.
 */
export function demanded(
  { conditions }: Statement,
  key: string,
  operators: readonly string[],
): readonly string[] | undefined {
  const names = operators.map((operator) => operator.toLowerCase());
  return conditions.find((line) => line.key === key.toLowerCase() && names.includes(line.operator))?.values;
}
