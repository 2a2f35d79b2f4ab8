import type { Json } from "../../pipelines/sagemaker/definition.ts";
import { limits } from "../../pipelines/sagemaker/service/limits.ts";
import { validationError } from "../aws-error.ts";
import { isList, isRecord } from "./property-path.ts";

type JobOperation = "CreateProcessingJob" | "CreateTrainingJob" | "CreateTransformJob";

/**
 * Refuses a job that the service would not take, whatever its script.
 *
 * Source: the API reference of each job's Create request
 *
 * @param job the request's members, evaluated
 * @throws AwsError `ValidationException` that names every member that is too long
 */
export function checkJobLimits(operation: JobOperation, job: Json): void {
  const problems = checksOf(operation).flatMap(([path, most, characters]) => problemsAt(job, path, most, characters));
  if (problems.length === 0) return;
  const count = problems.length === 1 ? "1 validation error" : `${problems.length} validation errors`;
  throw validationError(`${count} detected: ${problems.join("; ")}`);
}

/** A member's path, its most entries, and the most characters of each. */
type Check = readonly [path: readonly string[], most: number, characters?: number];

function checksOf(operation: JobOperation): readonly Check[] {
  const { containerArguments, containerArgumentCharacters } = limits;
  if (operation === "CreateTransformJob") return [[["Environment"], limits.transformEnvironmentEntries]];
  const where = operation === "CreateProcessingJob" ? "AppSpecification" : "AlgorithmSpecification";
  return [
    [["Environment"], limits.environmentEntries],
    [[where, "ContainerEntrypoint"], containerArguments, containerArgumentCharacters],
    [[where, "ContainerArguments"], containerArguments, containerArgumentCharacters],
    [["HyperParameters"], limits.hyperparameters, limits.hyperparameterCharacters],
    [["ProcessingInputs"], limits.processingInputs],
    [["ProcessingOutputConfig", "Outputs"], limits.processingOutputs],
  ];
}

function problemsAt(job: Json, path: readonly string[], most: number, characters = Number.POSITIVE_INFINITY): string[] {
  const value = path.reduce<Json | undefined>((at, key) => (isRecord(at) ? at[key] : undefined), job);
  if (value === undefined) return [];
  const items = isList(value) ? value : isRecord(value) ? Object.values(value) : [];
  const name = path.map((key) => key.charAt(0).toLowerCase() + key.slice(1)).join(".");
  const tooLong = items.some((item) => typeof item === "string" && item.length > characters);
  return [
    ...(items.length > most ? [`Value at '${name}' failed to satisfy constraint: ${shorter(most)}`] : []),
    // As AWS words it for the members of a list or a map.
    ...(tooLong
      ? [`Value at '${name}' failed to satisfy constraint: Member must satisfy constraint: [${shorter(characters)}]`]
      : []),
  ];
}

function shorter(most: number): string {
  return `Member must have length less than or equal to ${most}`;
}
