import type { Json } from "../../service-model/definition.ts";
import type { JobKindName } from "../../service-model/job-kinds.ts";
import type { ExecutionRecord } from "../state/execution-record.ts";
import type { CallContext, Caller, IamCall } from "./recorded-call.ts";

/** The number of characters of a step's name that SageMaker keeps in the session's name. */
const longestStep = 20;

/**
 * Returns a pipeline as a caller, with the role of its execution. The session's name for a step is
 * `sagemaker-pipeline-<execution id>-<shortened step name>`, as in AWS's own error messages.
 */
export function pipelineCaller(
  { roleArn, pipelineName, id }: ExecutionRecord,
  step?: { readonly Name: string },
): Caller {
  const name = step === undefined ? "" : `-${step.Name.slice(0, longestStep)}`;
  return { role: roleArn ?? "", by: pipelineName, session: `sagemaker-pipeline-${id}${name}` };
}

/**
 * Returns the calls with which a pipeline creates a step's job. They include the tags of the execution and the job's
 * role.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-access.html
 *
 * @param context the condition keys that SageMaker sets for the creation
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

/** Returns the calls with which a pipeline follows a job. */
export function followCalls(kind: JobKindName, arn: string): readonly IamCall[] {
  return [{ action: `sagemaker:Describe${kind}`, resource: arn }];
}

/** Returns the calls with which a pipeline stops a job. */
export function stopCalls(kind: JobKindName, arn: string): readonly IamCall[] {
  return [{ action: `sagemaker:Stop${kind}`, resource: arn }];
}

/** Returns the calls with which a pipeline creates a model package group. It makes them even if the group exists. */
export function groupCalls(arn: string): readonly IamCall[] {
  return [{ action: "sagemaker:CreateModelPackageGroup", resource: arn }, tagging("CreateModelPackageGroup", arn)];
}

/** Returns the calls with which a pipeline registers a model in a group. */
export function registrationCalls(arn: string, context: CallContext): readonly IamCall[] {
  return [{ action: "sagemaker:CreateModelPackage", resource: arn, context }, tagging("CreateModelPackage", arn)];
}

/**
 * Returns the call for the tags in a Create request. IAM decides on it separately.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html (sagemaker:TaggingAction)
 */
function tagging(operation: string, arn: string): IamCall {
  return { action: "sagemaker:AddTags", resource: arn, context: { "sagemaker:TaggingAction": operation } };
}
