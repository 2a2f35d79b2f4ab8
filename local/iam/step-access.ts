import { s3Arn } from "../../service-model/arn.ts";
import type { Json } from "../../service-model/definition.ts";
import type { JobKindName } from "../../service-model/job-kinds.ts";
import { parseS3Uri } from "../../service-model/s3-uri.ts";
import type { ExecutionRecord } from "../state/execution-record.ts";
import { failedInvocation } from "../wire/failed-invocation.ts";
import { denial, deniedModelData } from "./job-access.ts";
import { creationContext, modelDataOf } from "./job-members.ts";
import type { IamCall } from "./recorded-call.ts";
import type { RoleCalls } from "./role-calls.ts";
import { followCalls, groupCalls, jobCalls, pipelineCaller, registrationCalls, stopCalls } from "./step-calls.ts";

/** A step and the services that record and check the calls of its roles. */
export interface StepOfRoles {
  readonly execution: ExecutionRecord;
  readonly step: { readonly Name: string };
  readonly arguments: { readonly [name: string]: Json };
  readonly services: { readonly calls: RoleCalls };
}

/**
 * Makes the calls with which a pipeline creates and describes a step's job or model.
 *
 * @param kind the kind of job, as in the operation's name: `TrainingJob`
 * @throws Error with the message of SageMaker Pipelines if a role does not allow a call
 */
export async function createForStep(run: StepOfRoles, kind: JobKindName, arn: string): Promise<void> {
  const { calls } = run.services;
  const role = run.arguments["RoleArn"] ?? run.arguments["ExecutionRoleArn"];
  const making = jobCalls(kind, arn, role, creationContext(arn, run.arguments));
  await invoke(run, `Create${kind}`, making);
  if (typeof role === "string") await inWords(`Create${kind}`, calls.assume(role, arn));
  await invoke(run, `Describe${kind}`, followCalls(kind, arn));
}

/**
 * Makes the calls with which a pipeline creates a step's model, and those with which the model's role reads its data.
 *
 * @param data the S3 URIs of the model's data
 * @throws Error with the message of SageMaker Pipelines or of CreateModel if a role does not allow a call
 */
export async function createModelForStep(
  run: StepOfRoles,
  name: string,
  arn: string,
  data: readonly string[],
): Promise<void> {
  await createForStep(run, "Model", arn);
  const role = String(run.arguments["ExecutionRoleArn"] ?? "");
  const user = { name, role, region: run.execution.region };
  const denied = await deniedModelData(run.services.calls, user, data);
  if (denied !== undefined) throw new Error(failedInvocation("CreateModel", denied));
}

/** Makes the call with which a pipeline stops a job. @throws Error with the message of SageMaker Pipelines */
export function stopForStep(run: StepOfRoles, kind: JobKindName, arn: string): Promise<void> {
  return invoke(run, `Stop${kind}`, stopCalls(kind, arn));
}

/** Makes the call with which a pipeline invokes a Lambda step's function. @throws Error with the message of SageMaker Pipelines */
export function invokeForStep(run: StepOfRoles, arn: string): Promise<void> {
  return invoke(run, "InvokeFunction", [{ action: "lambda:InvokeFunction", resource: arn }]);
}

/**
 * Makes the calls with which a pipeline registers a model.
 *
 * @param arns the ARNs of the group and the new package
 * @throws Error with the message of SageMaker Pipelines if a role does not allow a call
 */
export async function registerForStep(
  run: StepOfRoles,
  arns: { readonly group: string; readonly package: string },
): Promise<void> {
  const status = run.arguments["ModelApprovalStatus"];
  const approval = typeof status === "string" ? { "sagemaker:ModelApprovalStatus": status } : {};
  await invoke(run, "CreateModelPackageGroup", groupCalls(arns.group));
  await invoke(run, "CreateModelPackage", registrationCalls(arns.package, approval));
  for (const uri of modelDataOf(run.arguments)) {
    const { bucket, key } = parseS3Uri(uri);
    const read = { action: "s3:GetObject", resource: s3Arn(`${bucket}/${key}`) };
    await invoke(run, "CreateModelPackage", [read], `Access denied for bucket: ${bucket}, object key: ${key}. `);
  }
  await invoke(run, "DescribeModelPackage", followCalls("ModelPackage", arns.package));
}

/** Makes the calls that IAM has to allow for one operation of a pipeline, with the role of its execution. */
async function invoke(run: StepOfRoles, operation: string, made: readonly IamCall[], details = ""): Promise<void> {
  const { execution, services, step } = run;
  const caller = pipelineCaller(execution, step);
  const work = services.calls.assume(caller.role, execution.pipelineArn).then(() => services.calls.make(caller, made));
  await inWords(operation, work, details);
}

/** Waits for the work. @throws Error with {@link failedInvocation} if a role does not allow it */
async function inWords(operation: string, work: Promise<void>, details = ""): Promise<void> {
  const denied = await denial(work);
  if (denied !== undefined) throw new Error(failedInvocation(operation, `${details}${denied}`));
}
