/** Modules of Pulumi's aws provider whose types are named in Terraform as they are in Pulumi: `aws_<module>_<name>`. */
const modules: ReadonlySet<string> = new Set(["cloudwatch", "ecr", "iam", "kms", "s3", "scheduler", "sns"]);

/** Types that are not. Source: https://github.com/hashicorp/terraform-provider-aws/tree/main/website/docs/r */
const otherNames: Readonly<Record<string, string>> = {
  "aws:ec2/securityGroup": "aws_security_group",
  "aws:s3/bucketObjectv2": "aws_s3_object",
  "aws:iam/openIdConnectProvider": "aws_iam_openid_connect_provider",
};

/** Properties whose keys are the user's: they keep their spelling. */
const maps: ReadonlySet<string> = new Set(["tags", "inputPaths"]);

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/**
 * `aws:s3/bucketVersioning:BucketVersioning` is `aws_s3_bucket_versioning`: Pulumi's provider is made from Terraform's.
 *
 * @throws Error on a type of which that is not known: under a wrong name no check would look at it
 */
export function terraformType(type: string): string {
  const [, token = "", module = "", name = ""] = /^(aws:(\w+)\/(\w+)):\w+$/.exec(type) ?? [];
  const other = otherNames[token];
  if (other !== undefined) return other;
  if (!modules.has(module))
    throw new Error(`${type}: its name in Terraform is not known; add it to terraform-spelling.ts`);
  return `aws_${module}_${snakeCase(name)}`;
}

/** Lists of texts that are in the singular in Terraform. */
const singular: ReadonlySet<string> = new Set(["clientIdLists", "thumbprintLists"]);

/** Pulumi names a list in the plural where Terraform repeats a block: `rules`, `inlinePolicies`; but `ingress`. */
export function terraformName(name: string, value: unknown): string {
  const isBlocks = Array.isArray(value) && value.some(isStructure);
  if (!isBlocks && !singular.has(name)) return snakeCase(name);
  return snakeCase(name.replace(/ies$/, "y").replace(/(?<!s)s$/, ""));
}

/** A nested structure is a list of one block in Terraform, and a file its path. */
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
