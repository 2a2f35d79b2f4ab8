import { constraintViolations, TypeMismatch, type Violation } from "./constraint-violations.ts";
import type { ServiceModel } from "./service-model.ts";

/** The operation whose request the arguments of a step are, by the step's type. */
const operations: { readonly [stepType: string]: string } = {
  Processing: "CreateProcessingJob",
  Training: "CreateTrainingJob",
  Tuning: "CreateHyperParameterTuningJob",
  Transform: "CreateTransformJob",
  Model: "CreateModel",
  RegisterModel: "CreateModelPackage",
  EndpointConfig: "CreateEndpointConfig",
  Endpoint: "CreateEndpoint",
};

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
  const operation = Object.hasOwn(operations, stepType) ? operations[stepType] : undefined;
  const shape = operation === undefined ? undefined : model.operations[operation]?.input?.shape;
  if (shape === undefined) return [];
  try {
    const found = constraintViolations(model, shape, given, isExpression);
    return found.filter(({ value }) => value !== undefined).map(sentence);
  } catch (error) {
    if (error instanceof TypeMismatch) return [error.message];
    throw error;
  }
}
