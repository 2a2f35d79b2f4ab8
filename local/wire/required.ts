import { validationError } from "./aws-error.ts";

/** Returns the value of a required member. @throws AwsError `ValidationException` in AWS's words if it is missing or empty */
export function required<Value>(value: Value | undefined | null, member: string): Value {
  if (value !== undefined && value !== null && value !== "") return value;
  const name = member.charAt(0).toLowerCase() + member.slice(1);
  throw validationError(
    `1 validation error detected: Value at '${name}' failed to satisfy constraint: Member must not be null`,
  );
}
