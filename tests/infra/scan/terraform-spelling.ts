/** Modules of Pulumi's aws provider whose types Terraform calls `aws_<module>_<name>`. */
const modules: ReadonlySet<string> = new Set(["cloudwatch", "ecr", "iam", "kms", "s3", "scheduler", "sns"]);

/** Types with another name in Terraform. Source: https://github.com/hashicorp/terraform-provider-aws/tree/main/website/docs/r */
const otherNames: Readonly<Record<string, string>> = {
  "aws:ec2/securityGroup": "aws_security_group",
  "aws:s3/bucketObjectv2": "aws_s3_object",
  "aws:iam/openIdConnectProvider": "aws_iam_openid_connect_provider",
};

/** Properties whose keys the user chooses, so that they keep their spelling. */
const maps: ReadonlySet<string> = new Set(["tags", "inputPaths"]);

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/**
 * Converts Pulumi's type to Terraform's: `aws:s3/bucketVersioning:BucketVersioning` to `aws_s3_bucket_versioning`.
 *
 * @throws Error on an unknown type, because the scanner would ignore a type with a wrong name
 */
export function terraformType(type: string): string {
  const [, token = "", module = "", name = ""] = /^(aws:(\w+)\/(\w+)):\w+$/.exec(type) ?? [];
  const other = otherNames[token];
  if (other !== undefined) return other;
  if (!modules.has(module))
    throw new Error(`${type}: its name in Terraform is not known; add it to terraform-spelling.ts`);
  return `aws_${module}_${snakeCase(name)}`;
}

/** Lists of texts whose names are singular in Terraform. */
const singular: ReadonlySet<string> = new Set(["clientIdLists", "thumbprintLists"]);

/** Converts a plural name such as `rules` to the singular of the block that Terraform repeats. `ingress` stays. */
export function terraformName(name: string, value: unknown): string {
  const isBlocks = Array.isArray(value) && value.some(isStructure);
  if (!isBlocks && !singular.has(name)) return snakeCase(name);
  return snakeCase(name.replace(/ies$/, "y").replace(/(?<!s)s$/, ""));
}

/** Converts a value: a nested object becomes a list of one block, and a file becomes its path. */
export function terraformValue(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => (isStructure(item) ? block(item) : item));
  if (!isStructure(value) || maps.has(name)) return value;
  return name === "source" ? value["path"] : [block(value)];
}

function isStructure(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function block(properties: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [terraformName(name, value), terraformValue(name, value)]),
  );
}
