import { constraintViolations, TypeMismatch, type Violation } from "../../service-model/constraint-violations.ts";
import type { ServiceModel } from "../../service-model/service-model.ts";
import { madeBy, requestOf } from "../../service-model/step-types.ts";
import { AwsError } from "../wire/aws-error.ts";
import { failedInvocation } from "../wire/failed-invocation.ts";
import { validateRequest } from "../wire/validate-request.ts";

/** What only an execution knows: `Get`, `Std:Join`, `Std:JsonGet`. */
function isExpression(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const [key = "", ...others] = Object.keys(value);
  return others.length === 0 && (key === "Get" || key.startsWith("Std:"));
}

/** In the words in which CreatePipeline refuses it (https://github.com/aws/sagemaker-python-sdk/issues, "Model Validation failed"). */
function sentence({ value, shape, constraint }: Violation): string {
  const [, allowed] = /^Member must satisfy (enum value set: .*)$/s.exec(constraint) ?? [];
  return `Value '${String(value).slice(0, 200)}' for '${shape}' failed to satisfy ${allowed ?? `constraint: ${constraint}`}`;
}

/**
 * What the service's model has against the arguments of a step, before anything runs. What is missing is left to the
 * service, as a pipeline adds names and more.
 */
export function stepViolations(model: ServiceModel, stepType: string, given: unknown): readonly string[] {
  const shape = model.operations[requestOf(stepType) ?? ""]?.input?.shape;
  if (shape === undefined) return [];
  try {
    const found = constraintViolations(model, shape, given, isExpression);
    return found.filter(({ value }) => value !== undefined).map(sentence);
  } catch (error) {
    if (error instanceof TypeMismatch) return [error.message];
    throw error;
  }
}

/**
 * Why the service refuses what a step asks for, with every expression evaluated; undefined where it does not.
 */
export function refusedRequest(model: ServiceModel, stepType: string, given: object): string | undefined {
  const [operation, made] = [requestOf(stepType), madeBy(stepType)];
  if (operation === undefined || made === undefined) return undefined;
  try {
    // What the pipeline names itself has a name that is one.
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
