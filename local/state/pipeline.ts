import { notFound } from "../wire/aws-error.ts";
import { required } from "../wire/required.ts";
import { pipelineArnOf } from "./arn.ts";
import type { PipelineRecord, Store } from "./store.ts";

/** Returns a pipeline by its name or ARN. @throws AwsError `ResourceNotFound` */
export function findPipeline(
  nameOrArn: string | undefined,
  { store, region }: { readonly store: Store; readonly region: string },
): PipelineRecord {
  const arn = pipelineArnOf(region, required(nameOrArn, "PipelineName"));
  const record = store.pipelines.get(arn);
  if (record === undefined) throw notFound(`Pipeline '${arn}' does not exist.`);
  return record;
}
