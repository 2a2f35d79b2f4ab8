import { failedInvocation } from "../wire/failed-invocation.ts";
import { faultError } from "./fault-error.ts";
import type { FaultRule } from "./fault-rule.ts";

/**
 * Returns the failure reason of a step if a fault makes its job fail or prevents the job's creation. Returns undefined
 * for faults that only affect a client's connection.
 *
 * @param operation the operation that creates the job: `CreateTrainingJob`
 */
export function stepFault(rule: FaultRule, operation: string): string | undefined {
  if (rule.fault === "job-failed") return rule.reason;
  const error = faultError(rule, { protocol: "json", service: "sagemaker", operation }, {});
  return error === undefined ? undefined : failedInvocation(operation, error.message);
}
