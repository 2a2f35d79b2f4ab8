import { checkDefinition } from "../engine/definition-check.ts";
import { readObject } from "../jobs/transfer/s3-transfer.ts";
import { pipelineArnOf } from "../state/arn.ts";
import type { PipelineRecord } from "../state/store.ts";
import { notFound, validationError } from "../wire/aws-error.ts";
import { required } from "../wire/required.ts";
import type { Call } from "./operation.ts";

/** A stored pipeline by name or ARN. @throws AwsError `ResourceNotFound` */
export function findPipeline(nameOrArn: string | undefined, call: Call): PipelineRecord {
  const arn = pipelineArnOf(call.region, required(nameOrArn, "PipelineName"));
  const record = call.store.pipelines.get(arn);
  if (record === undefined) throw notFound(`Pipeline '${arn}' does not exist.`);
  return record;
}

export interface DefinitionSource {
  readonly PipelineDefinition?: string | undefined;
  readonly PipelineDefinitionS3Location?:
    | { readonly Bucket: string | undefined; readonly ObjectKey: string | undefined }
    | undefined;
}

/** The text of a definition given as it is or as an object in S3, checked. @throws AwsError `ValidationException` */
export async function definitionText(source: DefinitionSource, call: Call): Promise<string> {
  const location = source.PipelineDefinitionS3Location;
  try {
    const text =
      location === undefined
        ? required(source.PipelineDefinition, "PipelineDefinition")
        : await readObject(call.runtime.s3(call.region), `s3://${location.Bucket}/${location.ObjectKey}`);
    checkDefinition(text, call.model);
    return text;
  } catch (error) {
    throw validationError(error instanceof Error ? error.message : String(error));
  }
}
