import type { ProgressEvent } from "@aws-sdk/client-cloudcontrol";
import { isNotFound } from "../../service-model/not-found.ts";
import { AwsError } from "../wire/aws-error.ts";

type HandlerErrorCode = NonNullable<ProgressEvent["ErrorCode"]>;

const byType: { readonly [type: string]: HandlerErrorCode } = {
  AccessDeniedException: "AccessDenied",
  ConflictException: "ResourceConflict",
  ResourceLimitExceeded: "ServiceLimitExceeded",
  ThrottlingException: "Throttling",
  ValidationException: "InvalidRequest",
};

/**
 * Returns the error code that a CloudFormation type's handler would report for a service's error. Two codes depend on
 * the message, because SageMaker answers `ValidationException` both for existing and for missing resources.
 * Source: https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-test-contract-errors.html
 */
export function handlerErrorCode(error: unknown): HandlerErrorCode {
  if (!(error instanceof AwsError)) return "InternalFailure";
  if (/already exists/.test(error.message)) return "AlreadyExists";
  if (isNotFound({ name: error.type, message: error.message })) return "NotFound";
  return byType[error.type] ?? "GeneralServiceException";
}
