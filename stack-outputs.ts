import { z } from "zod";

/** The thresholds of a gate that a stack's configuration can set. */
export const thresholdNames = ["ceiling", "relativeTolerance", "absoluteTolerance"] as const;

/** The version of the outputs; a script refuses any other. Raised when a change would mislead an older script. */
export const stackOutputsVersion = 2;

const gate = z.strictObject({
  metric: z.string(),
  direction: z.enum(["lower", "higher"]),
  evaluation: z.strictObject({ step: z.string(), output: z.string(), file: z.string(), value: z.string().min(1) }),
  loss: z.string().min(1),
  minimumRows: z.int().min(2),
  registerStep: z.string(),
  ceilingStep: z.string(),
  ceiling: z.number().positive(),
  ceilingParameter: z.string(),
  baselineParameter: z.string(),
  bestParameter: z.string(),
  tolerance: z.strictObject({ relative: z.number().min(0), absolute: z.number().min(0) }),
  /** Which thresholds the stack's configuration chose; the others are the pipeline's own. */
  configured: z.array(z.enum(thresholdNames)),
});

const deployedPipeline = z.strictObject({
  name: z.string().min(1),
  arn: z.string().startsWith("arn:"),
  modelPackageGroup: z.string().min(1),
  /** Whether the group is the stack's, else it was there already and is not the stack's to lose. */
  ownsModelPackageGroup: z.boolean(),
  /** Everything of the pipeline on S3 is below `s3://<artifactBucket>/<prefix>/`. */
  prefix: z.string().min(1),
  /** What `getPipeline` was given, so that a working tree can be asked for the same definition. */
  context: z.record(z.string(), z.unknown()).optional(),
  gate,
});

/** Everything that scripts know of a stack: what `index.ts` exports, as `pulumi stack output --json` prints it. */
export const stackOutputsSchema = z.strictObject({
  version: z.literal(stackOutputsVersion),
  account: z.string().regex(/^\d{12}$/),
  region: z.string().min(1),
  artifactBucket: z.string().min(3),
  /** Whether the bucket is the stack's, else it was there already. */
  ownsArtifactBucket: z.boolean(),
  roleArn: z.string().startsWith("arn:"),
  /** Whether the stack, as it is deployed, may be destroyed with everything in it: nothing of it is protected. */
  forceDestroy: z.boolean(),
  /** Whether the stack check approves a model that passes and rejects one that does not; else a person does. */
  approveModels: z.boolean(),
  /** What an inconclusive comparison means: `warn` lets it pass with a warning. */
  inconclusive: z.enum(["warn", "fail"]),
  pipelines: z.record(z.string(), deployedPipeline),
  /** The topic that failed executions are told of to, if there is one. */
  failureTopicArn: z.string().startsWith("arn:").nullish(),
  /** The roles that GitHub's workflows take on, if the configuration names their repository. */
  githubRoleArns: z
    .strictObject({ preview: z.string().startsWith("arn:"), deploy: z.string().startsWith("arn:") })
    .nullish(),
});

export type StackOutputs = z.infer<typeof stackOutputsSchema>;
export type DeployedPipeline = z.infer<typeof deployedPipeline>;
