import type { z } from "zod";
import type { Json } from "../../service-model/definition.ts";
import type { Call } from "../api/call.ts";

/** A resource's properties in the shape of its CloudFormation type. */
export interface ResourceProperties {
  readonly [name: string]: Json | undefined;
}

/**
 * A CloudFormation type, implemented with a service's own operations.
 * Source: https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html
 */
export interface ResourceType {
  readonly name: string;
  /** The schema of a desired state without its read-only properties. */
  readonly model: z.ZodType;
  /** The property that identifies a resource, and the beginning of its value. */
  readonly identifier: { readonly property: string; readonly prefix?: string };
  /** Properties that cannot change. To change one, the caller must replace the resource. */
  readonly createOnly: readonly string[];
  /** Properties that only AWS sets. */
  readonly readOnly: readonly string[];
  /** Creates a resource and returns its identifier. */
  readonly create: (desired: ResourceProperties, call: Call) => Promise<string>;
  /** Reads a resource's properties. @throws AwsError of the service if the resource does not exist */
  readonly read: (identifier: string, call: Call) => ResourceProperties;
  /** Brings a resource to the desired state, and removes properties that are missing there. */
  readonly update: (identifier: string, desired: ResourceProperties, call: Call) => Promise<void>;
  readonly remove: (identifier: string, call: Call) => Promise<void>;
  /** Returns the sorted identifiers of all resources of the type. */
  readonly list: (call: Call) => string[];
}

/** Returns a text property, or undefined if it is missing. */
export function textOf(properties: ResourceProperties, name: string): string | undefined {
  const value = properties[name];
  return typeof value === "string" ? value : undefined;
}
