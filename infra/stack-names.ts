import { createHash } from "node:crypto";
import { s3Arn } from "../service-model/arn.ts";
import { partitionOf, regionalArn } from "../service-model/partition.ts";

/** The word that all names of a stack contain. */
const project = "training";

/** Returns the characters left for the stack in the longest name, `training-<stack>-<account>-<region>`, which has 63 at most. */
function room(account: string, region: string): number {
  return 63 - `${project}--${account}-${region}`.length;
}

/**
 * Hexadecimal digits of a hash. 13 digits (52 bits) are enough to tell all stacks of an account apart, and are more than an
 * account number or a date has.
 */
const hashDigits = 13;

/** Matches a stack name that looks hashed. It is hashed again, so that it cannot equal another stack's hashed name. */
const isLikeHashed = new RegExp(`(^|-)[0-9a-f]{${hashDigits}}$`);

/** Removes a word from a text, repeatedly, because a removal can form the word again: `x-traintraininging`. */
function without(word: string, text: string): string {
  return text.includes(word) ? without(word, text.replaceAll(word, "")) : text;
}

/**
 * Returns the stack's part of all AWS names. Different stacks get different parts. If a stack's name is too long, has
 * characters that AWS rejects, or could collide with another stack's part, the result ends with a hash of the name.
 */
function stackPart(stack: string, account: string, region: string): string {
  const isPlain =
    /^[a-z0-9]+(-[a-z0-9]+)*$/.test(stack) && !stack.split("-").includes(project) && !isLikeHashed.test(stack);
  if (isPlain && stack.length <= room(account, region)) return stack;
  const hash = createHash("sha256").update(stack).digest("hex").slice(0, hashDigits);
  const readable = without(project, stack.toLowerCase())
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, room(account, region) - hash.length - 1)
    .replace(/^-+|-+$/g, "");
  return readable === "" ? hash : `${readable}-${hash}`;
}

export interface StackNames {
  readonly partition: string;
  /** Returns the ARN of a resource in the stack's account and region. */
  arn(service: string, resource: string): string;
  readonly bucket: string;
  readonly bucketArn: string;
  readonly role: string;
  readonly roleArn: string;
  /** Returns the name of another resource that a stack has once per region: `training-<stack>-<what>-<region>`. */
  other(what: string): string;
  /** Returns the ARN of the role whose name is `other(what)`. */
  otherRoleArn(what: string): string;
  pipeline(folder: string): string;
  pipelineArn(folder: string): string;
  modelPackageGroup(folder: string): string;
  /** Returns the S3 prefix of all objects of a pipeline. */
  prefix(folder: string): string;
}

/** Names from the configuration: those of existing resources, and those chosen for pipelines. */
export interface AdoptedNames {
  readonly bucket?: string | undefined;
  readonly roleArn?: string | undefined;
  /** The names of pipelines, by folder. Their model package groups get the same names. */
  readonly pipelines?: Readonly<Record<string, string>>;
  /** The names of existing model package groups, by folder. */
  readonly modelPackageGroups?: Readonly<Record<string, string>>;
}

/** Returns a folder's own value; a plain look-up would return inherited members for a folder named `constructor`. */
function ofFolder(values: Readonly<Record<string, string>> = {}, folder: string): string | undefined {
  return Object.hasOwn(values, folder) ? values[folder] : undefined;
}

/**
 * Returns the names of all resources of a stack. The program chooses them, not Pulumi or AWS, so that the first preview shows
 * the whole definition. Two stacks of an account never share a name, and neither do two pipelines.
 */
export function stackNames(stack: string, account: string, region: string, adopted: AdoptedNames = {}): StackNames {
  const own = `${project}-${stackPart(stack, account, region)}`;
  const partition = partitionOf(region);
  const bucket = adopted.bucket ?? `${own}-${account}-${region}`;
  const other = (what: string) => `${own}-${what}-${region}`;
  const role = other("execution");
  const arn = (service: string, resource: string) => regionalArn({ partition, region, account }, service, resource);
  const pipeline = (folder: string) => ofFolder(adopted.pipelines, folder) ?? `${folder}-${own}`;
  const isShared = (folder: string) =>
    adopted.bucket !== undefined || ofFolder(adopted.pipelines, folder) !== undefined;
  return {
    partition,
    arn,
    bucket,
    bucketArn: s3Arn(bucket, partition),
    role,
    roleArn: adopted.roleArn ?? `arn:${partition}:iam::${account}:role/${role}`,
    other,
    otherRoleArn: (what) => `arn:${partition}:iam::${account}:role/${other(what)}`,
    pipeline,
    pipelineArn: (folder) => arn("sagemaker", `pipeline/${pipeline(folder)}`),
    modelPackageGroup: (folder) => ofFolder(adopted.modelPackageGroups, folder) ?? pipeline(folder),
    // In a shared bucket, another stack could use the same folder name as its prefix.
    prefix: (folder) => (isShared(folder) ? pipeline(folder) : folder),
  };
}
