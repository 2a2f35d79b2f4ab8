import type { Json } from "../../pipelines/sagemaker/definition.ts";
import type { ExecutionRecord } from "../state/execution-record.ts";
import type { Caller, IamCall } from "./recorded-call.ts";

/** A pipeline, in the role of its execution. */
export function pipelineCaller({ roleArn, pipelineName }: ExecutionRecord): Caller {
  return { role: roleArn ?? "", by: pipelineName };
}

/**
 * What a pipeline calls for a job of a step: it makes the job, tagged with the execution, gives it its role, and follows it.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-access.html
 *
 * @param kind as operations spell it: `TrainingJob`
 */
export function jobCalls(kind: string, arn: string, role: Json | undefined): readonly IamCall[] {
  return [
    ...["Create", "Describe"].map((verb) => ({ action: `sagemaker:${verb}${kind}`, resource: arn })),
    { action: "sagemaker:AddTags", resource: arn },
    ...(typeof role === "string"
      ? [{ action: "iam:PassRole", resource: role, context: { "iam:PassedToService": "sagemaker.amazonaws.com" } }]
      : []),
  ];
}

/** What it calls to stop one. */
export function stopCalls(kind: string, arn: string): readonly IamCall[] {
  return [{ action: `sagemaker:Stop${kind}`, resource: arn }];
}

/** What it calls to register a model. */
export function registrationCalls(arn: string, approval: string): readonly IamCall[] {
  return [
    { action: "sagemaker:CreateModelPackage", resource: arn, context: { "sagemaker:ModelApprovalStatus": approval } },
    { action: "sagemaker:AddTags", resource: arn },
    { action: "sagemaker:DescribeModelPackage", resource: arn },
  ];
}
