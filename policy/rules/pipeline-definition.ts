import type { Resource } from "./rule.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

/** A step of a deployed definition. */
export interface DeployedStep {
  readonly Name: string;
  readonly Type: string;
  readonly Arguments: JsonObject;
}

export const pipelineType = "aws-native:sagemaker:Pipeline";

/** Returns the content of an S3 object, if the stack uploads it as a text. */
function uploaded(place: JsonObject | undefined, resources: readonly Resource[]): unknown {
  return resources
    .filter(({ type }) => /^aws:s3\/bucketObject(v2)?:/.test(type))
    .find(({ props }) => props["key"] === place?.["key"] && props["bucket"] === place?.["bucket"])?.props["content"];
}

/**
 * Returns the definition of a pipeline, which is inline or in an object that the same stack uploads; undefined if it is
 * elsewhere, or not a JSON object.
 */
export function definitionOf({ props }: Resource, resources: readonly Resource[]): JsonObject | undefined {
  const source = (props["pipelineDefinition"] ?? {}) as JsonObject;
  // Reads the S3 location only if there is no body, because a preview may not know the location.
  const text =
    source["pipelineDefinitionBody"] ??
    uploaded(source["pipelineDefinitionS3Location"] as JsonObject | undefined, resources);
  if (typeof text !== "string") return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

/** Returns every step of a definition, including steps inside of other steps. */
export function stepsOf(value: unknown): readonly DeployedStep[] {
  if (typeof value !== "object" || value === null) return [];
  const { Name, Type, Arguments } = value as JsonObject;
  const isStep = typeof Name === "string" && typeof Type === "string" && typeof Arguments === "object";
  return [...(isStep ? [value as DeployedStep] : []), ...Object.values(value).flatMap(stepsOf)];
}

/** Returns the parts of a step's arguments that contain the network of its jobs; none for a step without jobs. */
export function networksOf({ Type, Arguments }: DeployedStep): readonly JsonObject[] {
  switch (Type) {
    case "Processing":
    case "QualityCheck":
    case "ClarifyCheck":
      return [(Arguments["NetworkConfig"] ?? {}) as JsonObject];
    case "Training":
      return [Arguments];
    case "Tuning":
      return [
        Arguments["TrainingJobDefinition"] ?? [],
        Arguments["TrainingJobDefinitions"] ?? [],
      ].flat() as JsonObject[];
    default:
      return [];
  }
}
