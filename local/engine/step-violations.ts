import { constraintViolations, TypeMismatch, type Violation } from "../../service-model/constraint-violations.ts";
import type { ServiceModel } from "../../service-model/service-model.ts";
import { madeBy, requestOf } from "../../service-model/step-types.ts";
import { AwsError } from "../wire/aws-error.ts";
import { failedInvocation } from "../wire/failed-invocation.ts";
import { validateRequest } from "../wire/validate-request.ts";

/** Whether a value is an expression (`Get`, `Std:Join`, `Std:JsonGet`), which only an execution can evaluate. */
function isExpression(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const [key = "", ...others] = Object.keys(value);
  return others.length === 0 && (key === "Get" || key.startsWith("Std:"));
}

/**
 * Words a violation as CreatePipeline does. Source: issues of the SageMaker Python SDK with "Model Validation failed".
 */
function sentence({ value, shape, constraint }: Violation): string {
  const [, allowed] = /^Member must satisfy (enum value set: .*)$/s.exec(constraint) ?? [];
  return `Value '${String(value).slice(0, 200)}' for '${shape}' failed to satisfy ${allowed ?? `constraint: ${constraint}`}`;
}

/**
 * Checks a step's arguments in a definition against SageMaker's API model. Ignores missing members, because an
 * execution adds some of them, such as names of jobs.
 */
export function stepViolations(model: ServiceModel, stepType: string, given: unknown): readonly string[] {
  const shape = model.operations[requestOf(stepType) ?? ""]?.input?.shape;
  if (shape === undefined) return [];
  try {
    const violations = constraintViolations(model, shape, given, isExpression);
    return violations.filter(({ value }) => value !== undefined).map(sentence);
  } catch (error) {
    if (error instanceof TypeMismatch) return [error.message];
    throw error;
  }
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
    return undefined;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return failedInvocation(operation, error.message);
  }
}
