import type { RequestHead } from "./requested-operation.ts";
import { signature } from "./signature.ts";
import type { ServiceError } from "./wire-error.ts";

/** Tells whether a request creates or updates a schedule. Source: https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html */
export function changesSchedule({ method, headers, url = "" }: RequestHead): boolean {
  const isChange = method === "POST" || method === "PUT";
  return isChange && signature({ headers, url })?.service === "scheduler" && /^\/schedules\/[^/]+$/.test(url);
}

/**
 * Returns the error for a schedule of a SageMaker pipeline that has no parameters, not even an empty list of them. Moto accepts
 * such a schedule, but AWS rejects it; undefined for any other schedule.
 * Source of the words: https://github.com/hashicorp/terraform-provider-aws/issues/33526
 */
export function badSchedule(body: string): ServiceError | undefined {
  const { Arn, SageMakerPipelineParameters } = targetOf(body);
  if (!/^arn:[^:]+:sagemaker:[^:]*:\d{12}:pipeline\//.test(String(Arn)) || SageMakerPipelineParameters)
    return undefined;
  const message =
    "Parameters not valid due to the following reason: Parameters SageMakerPipelineParameters must be specified.";
  return { type: "ValidationException", message, status: 400 };
}

/** Returns the target of a schedule, or an empty object for a body that moto has to reject. */
function targetOf(body: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(body).Target ?? {};
  } catch {
    return {};
  }
}
