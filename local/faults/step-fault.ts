import { failedInvocation } from "../wire/failed-invocation.ts";
import { faultError } from "./fault-error.ts";
import type { FaultRule } from "./fault-rule.ts";

/**
 * The failure reason of a step whose job a fault happened to: the job itself failed, or it was never made. Undefined for a fault
 * that only a client's connection can have.
 *
 * @param operation that makes the job: `CreateTrainingJob`
 */
export function stepFault(rule: FaultRule, operation: string): string | undefined {
  if (rule.fault === "job-failed") return rule.reason;
  const error = faultError(rule, { protocol: "json", service: "sagemaker", operation }, {});
  return error === undefined ? undefined : failedInvocation(operation, error.message);
}
