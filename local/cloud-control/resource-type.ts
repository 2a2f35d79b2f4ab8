import type { Json } from "../../pipelines/sagemaker/definition.ts";
import type { Call } from "../sagemaker/operation.ts";

/** A resource's properties in the shape of its CloudFormation type. */
export interface Properties {
  readonly [name: string]: Json | undefined;
}

/** A CloudFormation type on top of a service's own operations. */
export interface ResourceType {
  /** Returns the identifier. */
  readonly create: (desired: Properties, call: Call) => Promise<string>;
  /** @throws AwsError of the service when there is none */
  readonly read: (identifier: string, call: Call) => Properties;
  readonly update: (identifier: string, desired: Properties, call: Call) => Promise<void>;
  readonly remove: (identifier: string, call: Call) => Promise<void>;
  /** Properties that cannot change: the caller must replace the resource. */
  readonly createOnly: readonly string[];
}

/** A text of the properties; undefined when it is not there. */
export function textOf(properties: Properties, name: string): string | undefined {
  const value = properties[name];
  return typeof value === "string" ? value : undefined;
}
