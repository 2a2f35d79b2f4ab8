import { checkDefinition } from "../engine/definition-check.ts";
import { objectText } from "../jobs/transfer/s3-transfer.ts";
import { validationError } from "../wire/aws-error.ts";
import { required } from "../wire/required.ts";
import type { Call } from "./call.ts";

/** The two members of a request that can hold a definition. */
export interface RequestedDefinition {
  readonly PipelineDefinition?: string | undefined;
  readonly PipelineDefinitionS3Location?:
    | { readonly Bucket: string | undefined; readonly ObjectKey: string | undefined }
    | undefined;
}

/**
 * Reads the definition of a request, or from S3 if the request names an object, and checks it.
 *
 * Source of the text: moto's create_pipeline and update_pipeline (sagemaker/models.py)
 *
 * @returns the definition's text
 * @throws AwsError `ValidationException` for a request with both members, and for an invalid or unreadable definition
 */
export async function requestedDefinition(source: RequestedDefinition, call: Call): Promise<string> {
  const location = source.PipelineDefinitionS3Location;
  if (location !== undefined && source.PipelineDefinition !== undefined)
    throw validationError("Both Pipeline Definition and Pipeline Definition S3 Location shouldn't be present");
  try {
    const text =
      location === undefined
        ? required(source.PipelineDefinition, "PipelineDefinition")
        : await objectText(call.runtime.s3(call.region), `s3://${location.Bucket}/${location.ObjectKey}`);
    checkDefinition(text, call.allow);
    return text;
  } catch (error) {
    throw validationError(error instanceof Error ? error.message : String(error));
  }
}
