/**
 * What SageMaker makes for a step of a pipeline: a job, a model, an endpoint. A key is spelt as in the operations
 * (`CreateTrainingJob`, `DescribeTrainingJob`), in the members of descriptions (`TrainingJobArn`, `TrainingJobStatus`) and in
 * the metadata of an execution's step.
 */
export interface JobKind {
  /** The type in its ARN. */
  readonly resource: string;
  /** The member of requests that holds its name. */
  readonly nameMember: string;
  /** The operations of a pipeline on it, with the pipeline's role; absent where this product does not know what the role needs. */
  readonly verbs?: readonly ("Create" | "Describe" | "Update" | "Stop")[];
  /** The log group, and the namespace of the metrics, below `/aws/sagemaker/`. */
  readonly logs?: string;
  /** Whether each one has a log group of its own below `logs`; the others share the group. */
  readonly ownLogGroup?: true;
  /** Whether the stack check reads its log. */
  readonly checkReadsLog?: true;
  /** Whether its request names images, which SageMaker pulls. */
  readonly pullsImages?: true;
  /** Whether its description lacks a `LastModifiedTime`. */
  readonly notModified?: true;
  /** The member that names the KMS key of its volumes, where that is not `VolumeKmsKeyId`. */
  readonly volumeKey?: string;
}

const job = ["Create", "Describe", "Stop"] as const;
const resource = ["Create", "Describe"] as const;

/**
 * Every kind, one row each.
 *
 * Sources: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-access.html (operations),
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html (ARNs),
 * https://docs.aws.amazon.com/sagemaker/latest/dg/logging-cloudwatch.html and monitoring-cloudwatch.html (logs and metrics)
 */
export const jobKinds = {
  ProcessingJob: {
    resource: "processing-job",
    nameMember: "ProcessingJobName",
    verbs: job,
    logs: "ProcessingJobs",
    checkReadsLog: true,
    pullsImages: true,
  },
  TrainingJob: {
    resource: "training-job",
    nameMember: "TrainingJobName",
    verbs: job,
    logs: "TrainingJobs",
    checkReadsLog: true,
    pullsImages: true,
  },
  // Its jobs are training jobs that SageMaker starts itself.
  HyperParameterTuningJob: {
    resource: "hyper-parameter-tuning-job",
    nameMember: "HyperParameterTuningJobName",
    verbs: job,
    logs: "TrainingJobs",
    pullsImages: true,
  },
  TransformJob: {
    resource: "transform-job",
    nameMember: "TransformJobName",
    verbs: job,
    logs: "TransformJobs",
    notModified: true,
  },
  AutoMLJob: { resource: "automl-job", nameMember: "AutoMLJobName" },
  Job: { resource: "job", nameMember: "JobName" },
  Model: { resource: "model", nameMember: "ModelName", verbs: resource, pullsImages: true },
  ModelPackage: { resource: "model-package", nameMember: "ModelPackageName", verbs: resource },
  EndpointConfig: {
    resource: "endpoint-config",
    nameMember: "EndpointConfigName",
    verbs: resource,
    volumeKey: "KmsKeyId",
  },
  Endpoint: {
    resource: "endpoint",
    nameMember: "EndpointName",
    verbs: ["Create", "Describe", "Update"],
    logs: "Endpoints",
    ownLogGroup: true,
  },
} as const satisfies { readonly [kind: string]: JobKind };

/** The name of a kind, as operations spell it. */
export type JobKindName = keyof typeof jobKinds;

/** Returns the row of a kind; undefined for another text. */
export function jobKind(name: string): JobKind | undefined {
  return Object.hasOwn(jobKinds, name) ? jobKinds[name as JobKindName] : undefined;
}

/** Returns the names of the kinds whose row fits, in the order of the table. */
export function jobKindsWhere(fits: (kind: JobKind) => boolean): readonly JobKindName[] {
  return (Object.keys(jobKinds) as JobKindName[]).filter((name) => fits(jobKinds[name]));
}

/** Whether it is a job, which ends by itself and can be stopped. */
export function isJob({ verbs = [] }: JobKind): boolean {
  return verbs.includes("Stop");
}

/** The name of a kind whose log the stack check reads. */
export type ReadKind = {
  [Kind in JobKindName]: (typeof jobKinds)[Kind] extends { checkReadsLog: true } ? Kind : never;
}[JobKindName];

/** The kinds whose log the stack check reads. */
export const kindsReadByCheck = jobKindsWhere(({ checkReadsLog }) => checkReadsLog === true) as readonly ReadKind[];

/** The names, below `/aws/sagemaker/`, of the log groups that all jobs of an account and region share. */
export const sharedLogs: readonly string[] = [
  ...new Set(Object.values(jobKinds).flatMap((kind: JobKind) => (kind.logs && !kind.ownLogGroup ? [kind.logs] : []))),
];

/** Returns the name of a log group of SageMaker. @param logs as a row has it: `TrainingJobs` */
export function logGroup<Logs extends string>(logs: Logs): `/aws/sagemaker/${Logs}` {
  return `/aws/sagemaker/${logs}`;
}
