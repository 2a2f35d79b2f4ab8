import { checkDefinition } from "../engine/definition-check.ts";
import { objectText } from "../jobs/transfer/s3-transfer.ts";
import { validationError } from "../wire/aws-error.ts";
import { required } from "../wire/required.ts";
import type { Call } from "./call.ts";

export interface DefinitionSource {
  readonly PipelineDefinition?: string | undefined;
  readonly PipelineDefinitionS3Location?:
    | { readonly Bucket: string | undefined; readonly ObjectKey: string | undefined }
    | undefined;
}

/** Returns the text of a definition in a request or on S3, checked. @throws AwsError `ValidationException` */
export async function definitionText(source: DefinitionSource, call: Call): Promise<string> {
  const location = source.PipelineDefinitionS3Location;
  try {
    const text =
      location === undefined
        ? required(source.PipelineDefinition, "PipelineDefinition")
        : await objectText(call.runtime.s3(call.region), `s3://${location.Bucket}/${location.ObjectKey}`);
    checkDefinition(text, call.model);
    return text;
  } catch (error) {
    throw validationError(error instanceof Error ? error.message : String(error));
  }
}
