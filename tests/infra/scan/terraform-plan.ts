import type { RecordedResource } from "../recorded/record-stack.ts";
import { terraformName, terraformType, terraformValue } from "./terraform-spelling.ts";

/** A resource in a plan. */
export interface PlannedResource {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Properties that refer to another resource, with the reference in Terraform's syntax: `aws_s3_bucket.artifacts.id`. */
  readonly references: Readonly<Record<string, string>>;
}

/** Properties that name another resource: its type, the input with its name, and Terraform's attribute for the name. */
const pointers: Readonly<
  Record<string, { readonly type: string; readonly input: string; readonly attribute: string }>
> = {
  bucket: { type: "aws_s3_bucket", input: "bucket", attribute: "id" },
  role: { type: "aws_iam_role", input: "name", attribute: "name" },
  rule: { type: "aws_cloudwatch_event_rule", input: "name", attribute: "name" },
};

/** Whether a type belongs to Cloud Control, for which the scanner has no rules. */
export function isUnknownToScanner(type: string): boolean {
  return type.startsWith("aws-native:");
}

function addressOf({ type, name }: RecordedResource): string {
  return `${terraformType(type)}.${name.replace(/[^a-zA-Z0-9_-]/g, "_")}`;
}

/** Returns the reference of a property to another of the resources, if it is one. */
function reference(
  resource: RecordedResource,
  key: string,
  resources: readonly RecordedResource[],
): string | undefined {
  const pointer = pointers[key];
  const target = resources.find(
    (other) =>
      other !== resource &&
      terraformType(other.type) === pointer?.type &&
      other.inputs[pointer.input] === resource.inputs[key],
  );
  return target && `${addressOf(target)}.${pointer?.attribute}`;
}

function planned(resource: RecordedResource, resources: readonly RecordedResource[]): PlannedResource {
  const type = terraformType(resource.type);
  const address = addressOf(resource);
  const references: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(resource.inputs)) {
    const name = terraformName(key, value);
    const referred = reference(resource, key, resources);
    // Terraform's plans omit values that only another resource's creation will tell.
    if (referred === undefined) values[name] = terraformValue(key, value);
    else references[name] = referred;
  }
  return { address, type, name: address.slice(type.length + 1), values, references };
}

/** Returns the resources as Terraform would plan them. @throws Error if a type's name in Terraform is unknown */
export function plannedResources(resources: readonly RecordedResource[]): readonly PlannedResource[] {
  const seen = resources.filter(({ type }) => !isUnknownToScanner(type));
  return seen.map((resource) => planned(resource, seen));
}

/**
 * Returns the resources as the JSON of a Terraform plan (`terraform show -json`), which scanners read. Checkov connects a bucket
 * and its settings by the references in the plan's configuration.
 * Source: https://developer.hashicorp.com/terraform/internals/json-format
 */
export function terraformPlan(resources: readonly RecordedResource[]): object {
  const list = plannedResources(resources).map((resource) => ({
    mode: "managed",
    ...resource,
  }));
  return {
    format_version: "1.2",
    terraform_version: "1.9.0",
    planned_values: { root_module: { resources: list.map(({ references: _, ...resource }) => resource) } },
    resource_changes: list.map(({ address, type, name, mode, values }) => ({
      ...{ address, type, name, mode },
      change: { actions: ["create"], before: null, after: values },
    })),
    configuration: {
      root_module: {
        resources: list.map(({ address, type, name, mode, references }) => ({
          ...{ address, type, name, mode },
          expressions: Object.fromEntries(
            Object.entries(references).map(([key, attribute]) => {
              const target = attribute.slice(0, attribute.lastIndexOf("."));
              return [key, { references: [attribute, target] }];
            }),
          ),
        })),
      },
    },
  };
}
