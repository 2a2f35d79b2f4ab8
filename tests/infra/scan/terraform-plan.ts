import type { RecordedResource } from "../record-stack.ts";

/** Types whose name in Terraform does not follow from Pulumi's. */
const otherNames: Readonly<Record<string, string>> = {
  "aws:ec2/securityGroup": "aws_security_group",
  "aws:s3/bucketObjectv2": "aws_s3_object",
  "aws:iam/openIdConnectProvider": "aws_iam_openid_connect_provider",
};

/** Properties whose keys are the user's: they keep their spelling. */
const maps: ReadonlySet<string> = new Set(["tags", "inputPaths"]);

/** Types that the scanner has no rules for: Cloud Control's own. */
export function isUnknownToScanner(type: string): boolean {
  return type.startsWith("aws-native:");
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `aws:s3/bucketVersioning:BucketVersioning` is `aws_s3_bucket_versioning`. Pulumi's provider is made from Terraform's. */
export function terraformType(type: string): string {
  const [, token = "", module = "", name = ""] = /^(aws:(\w+)\/(\w+)):\w+$/.exec(type) ?? [];
  if (name === "") throw new Error(`${type} is no type of Pulumi's aws provider: say here what the scanner sees of it`);
  return otherNames[token] ?? `aws_${snakeCase(module)}_${snakeCase(name)}`;
}

/** Lists of texts that are in the singular in Terraform. */
const singular: ReadonlySet<string> = new Set(["clientIdLists", "thumbprintLists"]);

/** Pulumi names a list in the plural, where Terraform repeats a block. */
function terraformName(name: string, value: unknown): string {
  const isBlocks = Array.isArray(value) && value.some(isStructure);
  return snakeCase(isBlocks || singular.has(name) ? name.replace(/(?<!s)s$/, "") : name);
}

/** A nested structure is a list of one block in Terraform. */
function terraformValue(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => (isStructure(item) ? block(item) : item));
  if (!isStructure(value) || maps.has(name)) return value;
  // A file: what it holds is not looked at.
  return "path" in value || "__pulumiAsset" in value ? value : [block(value)];
}

function isStructure(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function block(properties: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [terraformName(name, value), terraformValue(name, value)]),
  );
}

/** A resource in a plan. */
export interface PlannedResource {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Properties that are another resource's name or ARN, by the address of that one. */
  readonly references: Readonly<Record<string, string>>;
}

/** What others know a resource by, in the order in which Terraform's users take it. */
const identities: Readonly<Record<string, { readonly input: string; readonly attribute: string }>> = {
  aws_s3_bucket: { input: "bucket", attribute: "id" },
  aws_iam_role: { input: "name", attribute: "name" },
  aws_cloudwatch_event_rule: { input: "name", attribute: "name" },
};

interface Identified {
  readonly address: string;
  readonly attribute: string;
  readonly value: unknown;
}

function identitiesOf(resources: readonly RecordedResource[]): readonly Identified[] {
  return resources.flatMap(({ type, name, inputs }) => {
    const terraform = terraformType(type);
    const { input, attribute } = identities[terraform] ?? {};
    const own =
      input === undefined
        ? []
        : [{ address: addressOf(terraform, name), attribute: `${attribute}`, value: inputs[input] }];
    return own;
  });
}

function addressOf(type: string, name: string): string {
  return `${type}.${name.replace(/[^a-zA-Z0-9_-]/g, "_")}`;
}

function planned({ type, name, inputs }: RecordedResource, known: readonly Identified[]): PlannedResource {
  const terraform = terraformType(type);
  const address = addressOf(terraform, name);
  const references: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(inputs)) {
    const target = known.find((other) => other.value === value && other.address !== address);
    // Only what points at another resource is named like it: a pipeline's name is no bucket.
    const points = target !== undefined && /^(bucket|role|rule)$/.test(key);
    if (points) references[terraformName(key, value)] = `${target.address}.${target.attribute}`;
    else values[terraformName(key, value)] = terraformValue(key, value);
  }
  return { address, type: terraform, name: address.slice(terraform.length + 1), values, references };
}

/** The resources as Terraform would plan them. @throws Error on a type that is not known here */
export function plannedResources(resources: readonly RecordedResource[]): readonly PlannedResource[] {
  const seen = resources.filter(({ type }) => !isUnknownToScanner(type));
  const known = identitiesOf(seen);
  return seen.map((resource) => planned(resource, known));
}

/**
 * Resources as the JSON of a Terraform plan, which is what scanners read: `terraform show -json`.
 * Source: https://developer.hashicorp.com/terraform/internals/json-format
 */
export function terraformPlan(resources: readonly RecordedResource[]): object {
  const list = plannedResources(resources).map((resource) => ({
    ...{ mode: "managed", provider_name: "registry.terraform.io/hashicorp/aws" },
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
            Object.entries(references).map(([key, reference]) => {
              const parts = reference.split(".");
              return [key, { references: [reference, parts.slice(0, 2).join(".")] }];
            }),
          ),
        })),
      },
    },
  };
}
