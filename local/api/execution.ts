import type { ExecutionRecord } from "../state/execution-record.ts";
import { notFound } from "../wire/aws-error.ts";
import { required } from "../wire/required.ts";
import type { Call } from "./operation.ts";

/** A stored execution. @throws AwsError `ResourceNotFound` */
export function findExecution(arn: string | undefined, call: Call): ExecutionRecord {
  const record = call.store.executions.get(required(arn, "PipelineExecutionArn"));
  if (record === undefined) throw notFound(`Pipeline execution with ARN '${arn}' does not exist.`);
  return record;
}
