import type { Executions } from "../engine/executions.ts";
import type { Services } from "../engine/steps/services.ts";
import { validationError } from "../wire/aws-error.ts";

/** One call: everything an operation may use, and whose call it is. */
export interface Call extends Services {
  readonly executions: Executions;
  /** From the signature of the request. */
  readonly region: string;
}

/** An operation of AWS's JSON protocol: input and output in the shapes of the wire. */
export type Operation<Input, Output> = (input: Input, call: Call) => Output | Promise<Output>;

/** A required member. @throws AwsError `ValidationException` in AWS's words */
export function required<Value>(value: Value | undefined | null, member: string): Value {
  if (value !== undefined && value !== null && value !== "") return value;
  const name = member.charAt(0).toLowerCase() + member.slice(1);
  throw validationError(
    `1 validation error detected: Value at '${name}' failed to satisfy constraint: Member must not be null`,
  );
}
