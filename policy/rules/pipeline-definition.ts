import type { Resource } from "./rule.ts";

export type Json = Readonly<Record<string, unknown>>;

/** A step of a definition, as it is deployed. */
export interface Step {
  readonly Name: string;
  readonly Type: string;
  readonly Arguments: Json;
}

export const pipelineType = "aws-native:sagemaker:Pipeline";

/** What an object of the stack has in it, if its text is given in the program. */
function uploaded(place: Json | undefined, resources: readonly Resource[]): unknown {
  return resources
    .filter(({ type }) => /^aws:s3\/bucketObject(v2)?:/.test(type))
    .find(({ props }) => props["key"] === place?.["key"] && props["bucket"] === place?.["bucket"])?.props["content"];
}

/**
 * The definition of a pipeline: in itself, or in an object that the same stack uploads. Undefined where it is neither, or
 * no JSON object.
 */
export function definitionOf({ props }: Resource, resources: readonly Resource[]): Json | undefined {
  const source = (props["pipelineDefinition"] ?? {}) as Json;
  // One after the other: with a body, a preview may not know the place that there is none of.
  const text =
    source["pipelineDefinitionBody"] ?? uploaded(source["pipelineDefinitionS3Location"] as Json | undefined, resources);
  if (typeof text !== "string") return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}

/** Every step of a definition, also those within others. */
export function stepsOf(value: unknown): readonly Step[] {
  if (typeof value !== "object" || value === null) return [];
  const { Name, Type, Arguments } = value as Json;
  const isStep = typeof Name === "string" && typeof Type === "string" && typeof Arguments === "object";
  return [...(isStep ? [value as Step] : []), ...Object.values(value).flatMap(stepsOf)];
}

/** The part of a step's arguments that says which network its jobs are in; of a step without jobs none. */
export function networksOf({ Type, Arguments }: Step): readonly Json[] {
  switch (Type) {
    case "Processing":
    case "QualityCheck":
    case "ClarifyCheck":
      return [(Arguments["NetworkConfig"] ?? {}) as Json];
    case "Training":
      return [Arguments];
    case "Tuning":
      return [Arguments["TrainingJobDefinition"] ?? [], Arguments["TrainingJobDefinitions"] ?? []].flat() as Json[];
    default:
      return [];
  }
}
