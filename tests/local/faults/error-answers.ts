import type { FaultRuleInput } from "../../../local/faults/fault-rule.ts";

/** Fault rules, and the errors that clients of SageMaker, S3 and IAM throw for them. */
export const errorAnswers: readonly (readonly [FaultRuleInput, object, object, object])[] = [
  [
    { fault: "throttling" },
    { name: "ThrottlingException", message: "Rate exceeded", status: 400 },
    { name: "SlowDown", message: "Please reduce your request rate.", status: 503 },
    { name: "Throttling", message: "Rate exceeded", status: 400 },
  ],
  [
    { fault: "internal-error" },
    { name: "InternalFailure", status: 500 },
    { name: "InternalError", message: "We encountered an internal error. Please try again.", status: 500 },
    { name: "InternalFailure", status: 500 },
  ],
  [
    { fault: "unavailable" },
    { name: "ServiceUnavailable", status: 503 },
    { name: "ServiceUnavailable", status: 503 },
    { name: "ServiceUnavailable", status: 503 },
  ],
  [
    { fault: "expired-credentials" },
    { name: "ExpiredTokenException", message: "The security token included in the request is expired", status: 400 },
    { name: "ExpiredToken", message: "The provided token has expired.", status: 400 },
    { name: "ExpiredToken", status: 403 },
  ],
  [
    { fault: "access-denied" },
    {
      name: "AccessDeniedException",
      message:
        /not authorized to perform: sagemaker:DescribePipelineExecution on resource: arn:aws:sagemaker:.*pipeline\/A\/execution/,
      status: 400,
    },
    {
      name: "AccessDenied",
      message: /perform: s3:GetObject on resource: arn:aws:s3:::test-bucket\/kept because/,
      status: 403,
    },
    { name: "AccessDenied", message: /perform: iam:ListRoles on/, status: 403 },
  ],
  [
    { fault: "error", type: "ConflictException", message: "Still stopping & busy.", status: 409 },
    { name: "ConflictException", message: "Still stopping & busy.", status: 409 },
    { name: "ConflictException", message: "Still stopping & busy.", status: 409 },
    { name: "ConflictException", message: "Still stopping & busy.", status: 409 },
  ],
];
