import type { ServiceModel } from "../../service-model/service-model.ts";
import { madeBy, requestOf } from "../../service-model/step-types.ts";
import { AwsError } from "../wire/aws-error.ts";
import { failedInvocation } from "../wire/failed-invocation.ts";
import { validateRequest } from "../wire/validate-request.ts";

/** Returns AWS's words about an empty text in a container's command. Source: aws/sagemaker-python-sdk#3758 */
function emptyText(request: object): string | undefined {
  const { AppSpecification, AlgorithmSpecification } = request as {
    readonly [specification: string]: { readonly [list: string]: unknown } | undefined;
  };
  for (const list of ["ContainerArguments", "ContainerEntrypoint"]) {
    const texts = (AppSpecification ?? AlgorithmSpecification)?.[list];
    const index = Array.isArray(texts) ? texts.indexOf("") : -1;
    if (index >= 0)
      return `Found null or empty string in ${list} at index ${index}. ContainerArguments and ContainerEntrypoint may not contain null or empty strings.`;
  }
  return undefined;
}

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
    const problem = emptyText(given);
    return problem && failedInvocation(operation, problem);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return failedInvocation(operation, error.message);
  }
}
