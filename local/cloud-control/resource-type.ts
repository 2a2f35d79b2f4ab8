import type { z } from "zod";
import type { Json } from "../../service-model/definition.ts";
import type { Call } from "../api/call.ts";

/** A resource's properties in the shape of its CloudFormation type. */
export interface Properties {
  readonly [name: string]: Json | undefined;
}

/**
 * A CloudFormation type on top of a service's own operations.
 * Source: https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html
 */
export interface ResourceType {
  readonly name: string;
  /** What a desired state must be, read-only properties apart. */
  readonly model: z.ZodType;
  /** The property that identifies a resource, and what its value begins with. */
  readonly identifier: { readonly property: string; readonly prefix?: string };
  /** Properties that cannot change: the caller must replace the resource. */
  readonly createOnly: readonly string[];
  /** Properties that only AWS sets. */
  readonly readOnly: readonly string[];
  /** Returns the identifier. */
  readonly create: (desired: Properties, call: Call) => Promise<string>;
  /** @throws AwsError of the service when there is none */
  readonly read: (identifier: string, call: Call) => Properties;
  /** Brings a resource to the desired state; a property that is not in it is taken away. */
  readonly update: (identifier: string, desired: Properties, call: Call) => Promise<void>;
  readonly remove: (identifier: string, call: Call) => Promise<void>;
  /** The identifiers of all resources of the type, sorted. */
  readonly list: (call: Call) => string[];
}

/** A text of the properties; undefined when it is not there. */
export function textOf(properties: Properties, name: string): string | undefined {
  const value = properties[name];
  return typeof value === "string" ? value : undefined;
}
