import { defined } from "../../service-model/defined.ts";

/** The condition of a statement: operator, key, then one value or several of which one has to match. */
export type PolicyCondition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** A statement of an IAM policy. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: PolicyCondition;
}

/** Returns a statement that allows actions on resources. */
export function allow(
  Sid: string,
  Action: readonly string[],
  Resource: readonly string[],
  Condition?: PolicyCondition,
): PolicyStatement {
  return { Sid, Effect: "Allow", Action, Resource, ...defined({ Condition }) };
}

/** Omits statements without actions or resources, because IAM rejects them. */
export function withResources(statements: readonly PolicyStatement[]): readonly PolicyStatement[] {
  return statements.filter(({ Action, Resource }) => Action.length > 0 && Resource.length > 0);
}

/** Returns the JSON text of a policy, without the statements that IAM rejects. */
export function policyDocument(statements: readonly PolicyStatement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: withResources(statements) });
}
