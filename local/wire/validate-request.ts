import { constraintViolations, TypeMismatch, type Violation } from "../../service-model/constraint-violations.ts";
import type { ServiceModel } from "../../service-model/service-model.ts";
import { AwsError, validationError } from "./aws-error.ts";

/** The most characters of a value that an error quotes. */
const longestShown = 1024;

function shown(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > longestShown ? `${text.slice(0, longestShown)}...` : text;
}

function sentence({ path, value, constraint }: Violation): string {
  const what = value === undefined ? "Value" : `Value '${shown(value)}'`;
  return `${what} at '${path}' failed to satisfy constraint: ${constraint}`;
}

/**
 * Checks a request against the service's model, as AWS does before it carries out an operation.
 *
 * @throws AwsError `ValidationException` with every violated constraint, in AWS's words, or `SerializationException` for a
 *   value of the wrong type
 */
export function validateRequest(model: ServiceModel, operation: string, input: unknown): void {
  const shape = model.operations[operation]?.request;
  if (shape === undefined) return;
  const violations = violationsOf(model, shape, input);
  if (violations.length === 0) return;
  const count = violations.length === 1 ? "1 validation error" : `${violations.length} validation errors`;
  throw validationError(`${count} detected: ${violations.map(sentence).join("; ")}`);
}

function violationsOf(model: ServiceModel, shape: string, input: unknown): readonly Violation[] {
  try {
    return constraintViolations(model, shape, input);
  } catch (error) {
    if (error instanceof TypeMismatch)
      throw new AwsError("SerializationException", `The request cannot be read: ${error.message}`);
    throw error;
  }
}
