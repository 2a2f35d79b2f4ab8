/**
 * A kind of resource that SageMaker creates for a step, such as a job, a model or an endpoint. Its name in the table is
 * the one in operations (`CreateTrainingJob`), in descriptions (`TrainingJobArn`, `TrainingJobStatus`) and in the
 * metadata of an execution's step.
 */
export interface JobKind {
  /** The resource type in the ARN. */
  readonly resource: string;
  /** The member of requests that contains the name of the resource. */
  readonly nameMember: string;
  /** The operations that SageMaker calls with the execution role. Absent if the needed permissions are not known. */
  readonly verbs?: readonly ("Create" | "Describe" | "Update" | "Stop")[];
  /** The name of the log group, and of the metrics' namespace, below `/aws/sagemaker/`. */
  readonly logs?: string;
  /** Whether each resource has its own log group below `logs`. Otherwise all share one. */
  readonly ownLogGroup?: true;
  /** Whether the stack check reads the logs of this kind. */
  readonly checkReadsLog?: true;
  /** Whether the request contains images that SageMaker pulls. */
  readonly pullsImages?: true;
  /** Whether the description has no `LastModifiedTime`. */
  readonly notModified?: true;
  /** The member for the KMS key of the volumes. Default: `VolumeKmsKeyId`. */
  readonly volumeKey?: string;
}

const job = ["Create", "Describe", "Stop"] as const;
const resource = ["Create", "Describe"] as const;

/**
 * All kinds, one row each.
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
  // SageMaker starts training jobs for a tuning job, so the logs are theirs.
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

/** The name of a kind as in its operations. */
export type JobKindName = keyof typeof jobKinds;

/** Returns the row of a kind, or undefined if the kind does not exist. */
export function jobKind(name: string): JobKind | undefined {
  return Object.hasOwn(jobKinds, name) ? jobKinds[name as JobKindName] : undefined;
}

/** Returns the kinds whose rows `fits` accepts, in the order of the table. */
export function jobKindsWhere(fits: (kind: JobKind) => boolean): readonly JobKindName[] {
  return (Object.keys(jobKinds) as JobKindName[]).filter((name) => fits(jobKinds[name]));
}

/** Tells whether the kind is a job, which ends by itself and can be stopped. */
export function isJob({ verbs = [] }: JobKind): boolean {
  return verbs.includes("Stop");
}

/** The name of a kind whose log the stack check reads. */
export type ReadKind = {
  [Kind in JobKindName]: (typeof jobKinds)[Kind] extends { checkReadsLog: true } ? Kind : never;
}[JobKindName];

/** The kinds whose log the stack check reads. */
export const kindsReadByCheck = jobKindsWhere(({ checkReadsLog }) => checkReadsLog === true) as readonly ReadKind[];

/** The names, below `/aws/sagemaker/`, of the log groups that all jobs of a kind share. */
export const sharedLogs: readonly string[] = [
  ...new Set(Object.values(jobKinds).flatMap((kind: JobKind) => (kind.logs && !kind.ownLogGroup ? [kind.logs] : []))),
];

/** Returns the name of a log group of SageMaker. @param logs the value in the table, such as `TrainingJobs` */
export function logGroup<Logs extends string>(logs: Logs): `/aws/sagemaker/${Logs}` {
  return `/aws/sagemaker/${logs}`;
}
