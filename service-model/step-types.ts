/** What the service does with steps of a type. */
export interface StepTypeFacts {
  /** Arguments (`A.B` inside of them) that decide whether two runs are the same one; absent where none is ever kept. */
  readonly cacheKey?: readonly string[] | "all";
  /** Members beside `Arguments` that decide it, too. */
  readonly memberCacheKey?: readonly string[];
  /** Whether a retry policy may say more than the service's own retries. */
  readonly retryable: boolean;
  /** The argument that would name the job, which the service otherwise does itself. */
  readonly jobName?: string;
}

const processing = ["AppSpecification", "Environment", "ProcessingInputs"] as const;
/** A check's `CheckJobConfig` is the rest of its processing job. */
const checkJob = [...processing, "ProcessingResources", "NetworkConfig", "StoppingCondition"] as const;

/**
 * Every step type that contains no other steps.
 *
 * The cache attributes are those of the developer guide's "Default cache key attributes by pipeline step type"
 * (https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines-default-keys.html); where data goes to is not among them.
 * For types that the guide does not list, all arguments count.
 */
export const jobStepTypes = {
  Processing: { cacheKey: processing, retryable: true, jobName: "ProcessingJobName" },
  Training: {
    cacheKey: [
      "AlgorithmSpecification",
      "CheckpointConfig",
      "DebugHookConfig",
      "DebugRuleConfigurations",
      "Environment",
      "HyperParameters",
      "InputDataConfig",
    ],
    retryable: true,
    jobName: "TrainingJobName",
  },
  Tuning: {
    cacheKey: [
      "HyperParameterTuningJobConfig",
      "TrainingJobDefinition.AlgorithmSpecification",
      "TrainingJobDefinition.HyperParameterRanges",
      "TrainingJobDefinition.InputDataConfig",
      "TrainingJobDefinition.StaticHyperParameters",
      "TrainingJobDefinition.TuningObjective",
      "TrainingJobDefinitions",
    ],
    retryable: true,
    jobName: "HyperParameterTuningJobName",
  },
  AutoML: {
    cacheKey: [
      "AutoMLJobConfig.CompletionCriteria",
      "AutoMLJobConfig.CandidateGenerationConfig",
      "AutoMLJobConfig.DataSplitConfig",
      "AutoMLJobConfig.Mode",
      "AutoMLJobObjective",
      "InputDataConfig",
      "ProblemType",
    ],
    retryable: true,
    jobName: "AutoMLJobName",
  },
  Transform: {
    cacheKey: ["DataProcessing", "Environment", "ModelName", "TransformInput"],
    retryable: true,
    jobName: "TransformJobName",
  },
  ClarifyCheck: {
    cacheKey: checkJob,
    memberCacheKey: ["SkipCheck", "RegisterNewBaseline", "ModelPackageGroupName", "SuppliedBaselineConstraints"],
    retryable: false,
    jobName: "ProcessingJobName",
  },
  QualityCheck: {
    cacheKey: checkJob,
    memberCacheKey: [
      "SkipCheck",
      "RegisterNewBaseline",
      "ModelPackageGroupName",
      "SuppliedBaselineConstraints",
      "SuppliedBaselineStatistics",
    ],
    retryable: false,
    jobName: "ProcessingJobName",
  },
  EMR: { cacheKey: ["ClusterId", "StepConfig"], retryable: true },
  EMRServerless: { cacheKey: "all", retryable: true },
  Lambda: { cacheKey: "all", memberCacheKey: ["FunctionArn", "OutputParameters"], retryable: false },
  Callback: { cacheKey: "all", memberCacheKey: ["SqsQueueUrl", "OutputParameters"], retryable: false },
  Job: { cacheKey: "all", retryable: true, jobName: "JobName" },
  EndpointConfig: { cacheKey: "all", retryable: true },
  Endpoint: { cacheKey: "all", retryable: false },
  Model: { retryable: true, jobName: "ModelName" },
  RegisterModel: { retryable: true, jobName: "ModelPackageName" },
  InferenceComponent: { retryable: false },
  Lineage: { retryable: false },
  Cleanup: { retryable: false },
  Fail: { retryable: false },
  BedrockCustomModel: { retryable: false },
  BedrockCustomModelDeployment: { retryable: false },
  BedrockModelImport: { retryable: false },
  BedrockProvisionedModelThroughput: { retryable: false },
} as const satisfies { readonly [type: string]: StepTypeFacts };

/** The name of a step type that contains no other steps, as the definition spells it. */
export type JobStepType = keyof typeof jobStepTypes;

/** What is known of a step type; undefined for a type that the service does not have, and for those that contain steps. */
export function stepTypeFacts(type: string): StepTypeFacts | undefined {
  return Object.hasOwn(jobStepTypes, type) ? jobStepTypes[type as JobStepType] : undefined;
}
