import type { CreateApplicationRequest, GetJobRunResponse, StartJobRunRequest } from "@aws-sdk/client-emr-serverless";
import { defined } from "../../service-model/defined.ts";
import type { ExpressibleObject } from "../expressions/expressible.ts";
import type { Value } from "../expressions/expression.ts";
import { jobStepData, type TypedJobStep } from "./job-step.ts";
import type { JobStepOptions } from "./step-options.ts";

/** The job, and either the id of an existing application or the request that creates one. */
export type EmrServerlessStepOptions = JobStepOptions & {
  /** The `StartJobRun` request of Amazon EMR Serverless. */
  readonly job: ExpressibleObject<Omit<StartJobRunRequest, "applicationId" | "clientToken">>;
} & (
    | { readonly applicationId: Value<string>; readonly application?: never }
    | {
        readonly application: ExpressibleObject<Omit<CreateApplicationRequest, "clientToken">>;
        readonly applicationId?: never;
      }
  );

/** A step whose properties have the shape of `GetJobRun`. */
export type EmrServerlessStep = TypedJobStep<"EMRServerless", GetJobRunResponse>;

/**
 * Declares a step that runs a job on Amazon EMR Serverless, in an existing application or in one created for it.
 * Source: `EMRServerlessStep` of the SageMaker Python SDK 3
 */
export function emrServerlessStep(
  name: string,
  { job, applicationId, application, ...options }: EmrServerlessStepOptions,
): EmrServerlessStep {
  const request = {
    ExecutionRoleArn: job.executionRoleArn,
    JobConfig: { ...job, ...defined({ applicationId }) },
    ...(applicationId === undefined ? { ApplicationConfig: application } : { ApplicationId: applicationId }),
  };
  return Object.freeze(
    jobStepData<"EMRServerless", GetJobRunResponse>("EMRServerless", name, { arguments: request }, options),
  );
}
