import { z } from "zod";

/** The thresholds of a gate that the stack's configuration can set. */
export const thresholdNames = ["ceiling", "relativeTolerance", "absoluteTolerance"] as const;

/** The version of the outputs. Scripts reject other versions; raise it when a change would mislead an older script. */
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
  /** The thresholds that the stack's configuration sets. The pipeline's code sets the others. */
  configured: z.array(z.enum(thresholdNames)),
});

const pipelineOutputs = z.strictObject({
  name: z.string().min(1),
  arn: z.string().startsWith("arn:"),
  /** The group that the pipeline registers models in; absent if it registers none. */
  modelPackageGroup: z.string().min(1).optional(),
  /** Whether the stack created the group. A group that existed before survives the stack. */
  ownsModelPackageGroup: z.boolean(),
  /** The pipeline stores all its objects below `s3://<artifactBucket>/<prefix>/`. */
  prefix: z.string().min(1),
  /** The context that was passed to `getPipeline`, so that a script can render the same definition from a working tree. */
  context: z.record(z.string(), z.unknown()).optional(),
  /** Absent if the pipeline trains no model that a check could judge. */
  gate: gate.optional(),
});

/** The schema of the stack outputs: what `index.ts` exports and `pulumi stack output --json` prints. Scripts read nothing else. */
export const stackOutputsSchema = z.strictObject({
  version: z.literal(stackOutputsVersion),
  account: z.string().regex(/^\d{12}$/),
  region: z.string().min(1),
  artifactBucket: z.string().min(3),
  /** Whether the stack created the bucket. */
  ownsArtifactBucket: z.boolean(),
  roleArn: z.string().startsWith("arn:"),
  /** Whether `pulumi destroy` may delete the deployed bucket and models; Pulumi protects them otherwise. */
  forceDestroy: z.boolean(),
  /** Whether the stack check approves or rejects models itself. Otherwise a person does. */
  approveModels: z.boolean(),
  /** Whether an inconclusive comparison passes with a warning (`warn`) or fails (`fail`). */
  inconclusive: z.enum(["warn", "fail"]),
  pipelines: z.record(
    z.string(),
    pipelineOutputs.refine((own) => own.gate === undefined || own.modelPackageGroup !== undefined, {
      error: "has a gate, but no model package group",
    }),
  ),
  /** The SNS topic that receives messages about failed executions, if the stack has one. */
  failureTopicArn: z.string().startsWith("arn:").nullish(),
  /** The roles that GitHub's workflows assume, if the configuration names their repository. */
  githubRoleArns: z
    .strictObject({
      preview: z.string().startsWith("arn:"),
      deploy: z.string().startsWith("arn:"),
      /** Absent until an administrator deploys the role, because the deploy role cannot. */
      drift: z.string().startsWith("arn:").optional(),
      /** Only if dev stacks are configured. */
      devStacks: z.string().startsWith("arn:").optional(),
    })
    .nullish(),
  /** The repository whose workflows deploy the stack, and where they find its state. */
  github: z
    .strictObject({
      repository: z.string().min(1),
      repositoryId: z.string().min(1),
      ownerId: z.string().min(1),
      environment: z.string().min(1),
      /** The environment of drift.yml; absent in a stack that an older program deployed. */
      driftEnvironment: z.string().min(1).optional(),
      /** The settings of the workflows of dev stacks, if dev stacks are configured. */
      devStacks: z
        .strictObject({
          environments: z.strictObject({ deploy: z.string().min(1), clean: z.string().min(1) }),
          stateBackend: z.string().min(1),
          permissionsBoundaryArn: z.string().startsWith("arn:"),
        })
        .optional(),
      branch: z.string().min(1),
      stateBackend: z.string().optional(),
    })
    .nullish(),
  /** The SageMaker project that the stack belongs to, as far as the configuration names it. */
  sagemakerProject: z
    .strictObject({
      name: z.string().optional(),
      id: z.string().optional(),
      arn: z.string().optional(),
      nameId: z.string().optional(),
    })
    .nullish(),
});

export type StackOutputs = z.infer<typeof stackOutputsSchema>;
/** The outputs of one pipeline. */
export type PipelineOutputs = z.infer<typeof pipelineOutputs>;
export type GateOutputs = z.infer<typeof gate>;

/** The outputs of a pipeline that the stack check judges. */
export interface GatedPipeline extends PipelineOutputs {
  readonly modelPackageGroup: string;
  readonly gate: GateOutputs;
}

/** Tells whether the stack check judges a pipeline. */
export function isGated(pipeline: PipelineOutputs): pipeline is GatedPipeline {
  return pipeline.gate !== undefined;
}
