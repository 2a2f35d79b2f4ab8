import { readFileSync } from "node:fs";

/** A type in a service's model, with the constraints on its values. */
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
  /** Whether a value must have exactly one of the structure's members. */
  readonly union?: true;
  /** The shape of a list's items. */
  readonly member?: string;
  /** The shapes of a map's keys and values. */
  readonly key?: string;
  readonly value?: string;
  /** The bounds of a text's characters, of a list's or a map's entries, or of a number itself. */
  readonly min?: number;
  readonly max?: number;
  /** A regular expression in Java's syntax that the whole text must match. */
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

/** A service as AWS describes it to its SDKs: its operations, which name their shapes, and the shapes. */
export interface ServiceModel {
  readonly operations: { readonly [name: string]: { readonly request?: string; readonly response?: string } };
  readonly shapes: { readonly [name: string]: Shape };
}

/**
 * The model that `npm run generate-service-model` writes: AWS's own descriptions of the requests and responses of steps, and of
 * the requests to the local endpoint. Names of services other than SageMaker have a prefix: `emr.StepConfig`.
 */
export interface GeneratedModel extends ServiceModel {
  /** The version of botocore that the model comes from, and the date of its last change. */
  readonly botocore: string;
  readonly date: string;
}

let generated: GeneratedModel | undefined;

/** Returns the model that is committed beside this file. Reads it only once. */
export function generatedModel(): GeneratedModel {
  generated ??= JSON.parse(readFileSync(new URL("service-model.json", import.meta.url), "utf8")) as GeneratedModel;
  return generated;
}
