import { createHash } from "node:crypto";
import { partitionOf, regionalArn } from "../service-model/partition.ts";

/** What a stack's names begin with, or have in them. */
const project = "training";

/** The characters that a stack's name may take of its longest name, `training-<stack>-<account>-<region>`: 63 in all. */
function room(account: string, region: string): number {
  return 63 - `${project}--${account}-${region}`.length;
}

/** Digits of a hash: 52 bits, which no two stacks of an account share by chance. No number of an account or a day has as many. */
const hashDigits = 13;

/** A name that could be a hashed one is hashed itself, so that no stack can be given the name that another one gets. */
const isLikeHashed = new RegExp(`(^|-)[0-9a-f]{${hashDigits}}$`);

/** A text without a word, also where taking the word away makes it anew: `x-traintraininging`. */
function without(word: string, text: string): string {
  return text.includes(word) ? without(word, text.replaceAll(word, "")) : text;
}

/**
 * A stack's name as AWS's names can have it. Stack names that differ stay different: where one has to be changed or cut,
 * or could be taken for the end of another name or for a changed one, a part of its hash stands for it.
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
  /** The ARN of a resource of the stack's account and region. */
  arn(service: string, resource: string): string;
  readonly bucket: string;
  readonly bucketArn: string;
  readonly role: string;
  readonly roleArn: string;
  /** Of anything else that a stack has one of, in a region: `training-<stack>-<what>-<region>`. */
  other(what: string): string;
  /** The ARN of a role with such a name. */
  otherRoleArn(what: string): string;
  pipeline(folder: string): string;
  pipelineArn(folder: string): string;
  modelPackageGroup(folder: string): string;
  /** Below which everything of a pipeline is in the bucket. */
  prefix(folder: string): string;
}

/** What is there already and keeps its name. */
export interface AdoptedNames {
  readonly bucket?: string | undefined;
  readonly roleArn?: string | undefined;
  /** Of the pipelines and their groups, by folder. */
  readonly pipelines?: Readonly<Record<string, string>>;
  /** Groups of models that are not named as their pipelines are, by folder. */
  readonly modelPackageGroups?: Readonly<Record<string, string>>;
}

/** The value of a folder, which may be called `constructor`. */
function ofFolder(values: Readonly<Record<string, string>> = {}, folder: string): string | undefined {
  return Object.hasOwn(values, folder) ? values[folder] : undefined;
}

/**
 * The names of everything in a stack, chosen here and never by Pulumi or AWS, so that the first preview knows the
 * whole definition. No two stacks of an account share one, nor do two pipelines.
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
    bucketArn: `arn:${partition}:s3:::${bucket}`,
    role,
    roleArn: adopted.roleArn ?? `arn:${partition}:iam::${account}:role/${role}`,
    other,
    otherRoleArn: (what) => `arn:${partition}:iam::${account}:role/${other(what)}`,
    pipeline,
    pipelineArn: (folder) => arn("sagemaker", `pipeline/${pipeline(folder).toLowerCase()}`),
    modelPackageGroup: (folder) => ofFolder(adopted.modelPackageGroups, folder) ?? pipeline(folder),
    // In a bucket that others use, too, the folder's name alone could be another stack's.
    prefix: (folder) => (isShared(folder) ? pipeline(folder) : folder),
  };
}
