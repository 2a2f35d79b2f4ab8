import type { Json } from "../../service-model/definition.ts";
import type { JobKindName } from "../../service-model/job-kinds.ts";
import type { ExecutionRecord } from "../state/execution-record.ts";
import type { CallContext, Caller, IamCall } from "./recorded-call.ts";

/** Where SageMaker cuts the name of a step in that of its session. */
const longestStep = 20;

/**
 * A pipeline, in the role of its execution. Sessions for a step are named `sagemaker-pipeline-<execution id>-<step, cut>`,
 * as pipelines' denials on AWS tell.
 */
export function pipelineCaller(
  { roleArn, pipelineName, id }: ExecutionRecord,
  step?: { readonly Name: string },
): Caller {
  const name = step === undefined ? "" : `-${step.Name.slice(0, longestStep)}`;
  return { role: roleArn ?? "", by: pipelineName, session: `sagemaker-pipeline-${id}${name}` };
}

/**
 * What a pipeline calls to make a job for a step: it is tagged with the execution while it is made, and given its role.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-access.html
 *
 * @param context what SageMaker tells of the creation
 */
export function jobCalls(
  kind: JobKindName,
  arn: string,
  role: Json | undefined,
  context: CallContext,
): readonly IamCall[] {
  return [
    { action: `sagemaker:Create${kind}`, resource: arn, context },
    tagging(`Create${kind}`, arn),
    ...(typeof role === "string"
      ? [{ action: "iam:PassRole", resource: role, context: { "iam:PassedToService": "sagemaker.amazonaws.com" } }]
      : []),
  ];
}

/** What it calls to follow one. */
export function followCalls(kind: JobKindName, arn: string): readonly IamCall[] {
  return [{ action: `sagemaker:Describe${kind}`, resource: arn }];
}

/** What it calls to stop one. */
export function stopCalls(kind: JobKindName, arn: string): readonly IamCall[] {
  return [{ action: `sagemaker:Stop${kind}`, resource: arn }];
}

/** What it calls to make a model's group, whether there is one or not. */
export function groupCalls(arn: string): readonly IamCall[] {
  return [{ action: "sagemaker:CreateModelPackageGroup", resource: arn }, tagging("CreateModelPackageGroup", arn)];
}

/** What it calls to register a model, after it has made its group. */
export function registrationCalls(arn: string, context: CallContext): readonly IamCall[] {
  return [{ action: "sagemaker:CreateModelPackage", resource: arn, context }, tagging("CreateModelPackage", arn)];
}

/**
 * What is made is tagged within the call that makes it.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html (sagemaker:TaggingAction)
 */
function tagging(operation: string, arn: string): IamCall {
  return { action: "sagemaker:AddTags", resource: arn, context: { "sagemaker:TaggingAction": operation } };
}
