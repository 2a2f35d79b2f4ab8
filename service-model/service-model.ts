import { readFileSync } from "node:fs";

/** A type of a service's model, with the constraints that its values keep. */
export interface Shape {
  readonly type:
    | "structure"
    | "list"
    | "map"
    | "string"
    | "integer"
    | "long"
    | "float"
    | "double"
    | "boolean"
    | "timestamp"
    | "blob";
  /** The shapes of a structure's members, by their names. */
  readonly members?: { readonly [name: string]: string };
  readonly required?: readonly string[];
  /** Whether exactly one member of the structure is given. */
  readonly union?: true;
  /** The shape of a list's items. */
  readonly member?: string;
  /** The shapes of a map's keys and values. */
  readonly key?: string;
  readonly value?: string;
  /** Characters of a text, items of a list or a map, or the least and the largest number. */
  readonly min?: number;
  readonly max?: number;
  /** A regular expression of Java's that the whole text matches. */
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

/** A service as AWS describes it to its SDKs: the names of the shapes of operations' requests and responses, and the shapes. */
export interface ServiceModel {
  readonly operations: { readonly [name: string]: { readonly request?: string; readonly response?: string } };
  readonly shapes: { readonly [name: string]: Shape };
}

/**
 * What `npm run generate-service-model` writes: AWS's own model of what steps of pipelines ask for and answer, and of the
 * local endpoint's requests. Operations and shapes of other services than SageMaker begin with the service: `emr.StepConfig`.
 */
export interface GeneratedModel extends ServiceModel {
  /** The version of botocore that it was taken from, and the day on which it was. */
  readonly botocore: string;
  readonly date: string;
}

let generated: GeneratedModel | undefined;

/** Returns the model that is committed beside this file, which is read once. */
export function generatedModel(): GeneratedModel {
  generated ??= JSON.parse(readFileSync(new URL("service-model.json", import.meta.url), "utf8")) as GeneratedModel;
  return generated;
}
