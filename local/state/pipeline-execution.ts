import { notFound } from "../wire/aws-error.ts";
import { required } from "../wire/required.ts";
import type { ExecutionRecord } from "./execution-record.ts";
import type { Store } from "./store.ts";

/** Returns an execution by its ARN. @throws AwsError `ResourceNotFound` */
export function findExecution(arn: string | undefined, { store }: { readonly store: Store }): ExecutionRecord {
  const record = store.executions.get(required(arn, "PipelineExecutionArn"));
  if (record === undefined) throw notFound(`Pipeline execution with ARN '${arn}' does not exist.`);
  return record;
}
