import type { ServiceModel } from "../../service-model/service-model.ts";
import { madeBy, requestOf } from "../../service-model/step-types.ts";
import { AwsError } from "../wire/aws-error.ts";
import { failedInvocation } from "../wire/failed-invocation.ts";
import { validateRequest } from "../wire/validate-request.ts";

/**
 * Returns the failure reason if SageMaker would reject a step's request, or undefined if the request is valid.
 *
 * @param given the step's arguments with evaluated expressions
 */
export function rejectedRequest(model: ServiceModel, stepType: string, given: object): string | undefined {
  const [operation, made] = [requestOf(stepType), madeBy(stepType)];
  if (operation === undefined || made === undefined) return undefined;
  try {
    // The execution generates the job's name, so any valid name will do here.
    validateRequest(
      model,
      operation,
      stepType === "RegisterModel" ? given : { ...given, [made.nameMember]: "pipelines" },
    );
    return undefined;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return failedInvocation(operation, error.message);
  }
}
