import { type JobKind, type JobKindName, jobKinds } from "./job-kinds.ts";

/** What the service does with steps of a type. */
export interface StepTypeFacts {
  /** What SageMaker makes for the step. */
  readonly makes?: JobKindName;
  /** Whether the arguments are the request that makes it: those of `CreateTrainingJob` for a Training step. */
  readonly takesRequest?: true;
  /** Members (`Arguments.A` for arguments) that a step of the type cannot do without. */
  readonly required?: readonly string[];
  /** Two arguments, of which a step has exactly one. */
  readonly oneOf?: readonly [string, string];
  /** Arguments (`A.B` inside of them) that decide whether two runs are the same one; absent where none is ever kept. */
  readonly cacheKey?: readonly string[] | "all";
  /** Members beside `Arguments` that decide it, too. */
  readonly memberCacheKey?: readonly string[];
  /** Whether a retry policy may say more than the service's own retries. */
  readonly retryable: boolean;
  /** Whether the step may declare property files. */
  readonly propertyFiles?: true;
  /** Whether the step calls no service, so that its pipeline's role needs no permission for it. */
  readonly callsNothing?: true;
  /** Whether the body of a ForEach step takes no step of the type. */
  readonly notInForEach?: true;
  /** The arguments that hold other steps, and the part of the step that each of them is. */
  readonly contains?: { readonly [argument: string]: StepPart };
  /** Whether the local endpoint runs it: `local/engine/run-step.ts` has its runner. */
  readonly runsLocally?: true;
}

/** A part of a step that holds other steps: a branch of a condition, the body of a loop. */
export type StepPart = "if" | "else" | "body";

const processing = ["AppSpecification", "Environment", "ProcessingInputs"] as const;
/** A check's `CheckJobConfig` is the rest of its processing job. */
const checkJob = [...processing, "ProcessingResources", "NetworkConfig", "StoppingCondition"] as const;

/**
 * Every step type, one row each.
 *
 * The cache attributes are those of the developer guide's "Default cache key attributes by pipeline step type"
 * (https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines-default-keys.html); where data goes to is not among them.
 * For types that the guide does not list, all arguments count.
 */
export const stepTypes = {
  Condition: {
    retryable: false,
    callsNothing: true,
    notInForEach: true,
    contains: { IfSteps: "if", ElseSteps: "else" },
    runsLocally: true,
  },
  ForEach: { retryable: false, callsNothing: true, notInForEach: true, contains: { ForEachBody: "body" } },
  Processing: {
    makes: "ProcessingJob",
    takesRequest: true,
    cacheKey: processing,
    retryable: true,
    propertyFiles: true,
    runsLocally: true,
  },
  Training: {
    makes: "TrainingJob",
    takesRequest: true,
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
    runsLocally: true,
  },
  Tuning: {
    makes: "HyperParameterTuningJob",
    takesRequest: true,
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
  },
  AutoML: {
    makes: "AutoMLJob",
    takesRequest: true,
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
  },
  Transform: {
    makes: "TransformJob",
    takesRequest: true,
    cacheKey: ["DataProcessing", "Environment", "ModelName", "TransformInput"],
    retryable: true,
    runsLocally: true,
  },
  ClarifyCheck: {
    makes: "ProcessingJob",
    required: ["CheckType"],
    cacheKey: checkJob,
    memberCacheKey: ["SkipCheck", "RegisterNewBaseline", "ModelPackageGroupName", "SuppliedBaselineConstraints"],
    retryable: false,
  },
  QualityCheck: {
    makes: "ProcessingJob",
    required: ["CheckType"],
    cacheKey: checkJob,
    memberCacheKey: [
      "SkipCheck",
      "RegisterNewBaseline",
      "ModelPackageGroupName",
      "SuppliedBaselineConstraints",
      "SuppliedBaselineStatistics",
    ],
    retryable: false,
  },
  EMR: { oneOf: ["ClusterId", "ClusterConfig"], cacheKey: ["ClusterId", "StepConfig"], retryable: true },
  EMRServerless: { oneOf: ["ApplicationId", "ApplicationConfig"], cacheKey: "all", retryable: true },
  Lambda: {
    required: ["FunctionArn"],
    cacheKey: "all",
    memberCacheKey: ["FunctionArn", "OutputParameters"],
    retryable: false,
  },
  Callback: {
    required: ["SqsQueueUrl"],
    cacheKey: "all",
    memberCacheKey: ["SqsQueueUrl", "OutputParameters"],
    retryable: false,
  },
  Job: { makes: "Job", takesRequest: true, cacheKey: "all", retryable: true },
  EndpointConfig: { makes: "EndpointConfig", takesRequest: true, cacheKey: "all", retryable: true },
  Endpoint: { makes: "Endpoint", takesRequest: true, cacheKey: "all", retryable: false },
  Model: { makes: "Model", takesRequest: true, retryable: true, runsLocally: true },
  RegisterModel: { makes: "ModelPackage", takesRequest: true, retryable: true, runsLocally: true },
  InferenceComponent: { retryable: false },
  Lineage: { retryable: false },
  Cleanup: { retryable: false },
  Fail: {
    required: ["Arguments.ErrorMessage"],
    retryable: false,
    callsNothing: true,
    notInForEach: true,
    runsLocally: true,
  },
  BedrockCustomModel: { retryable: false },
  BedrockCustomModelDeployment: { retryable: false },
  BedrockModelImport: { retryable: false },
  BedrockProvisionedModelThroughput: { retryable: false },
} as const satisfies { readonly [type: string]: StepTypeFacts };

type Row<Type extends keyof typeof stepTypes> = (typeof stepTypes)[Type];

/** The name of a step type, as the definition spells it. */
export type StepType = keyof typeof stepTypes;

/** The name of a step type that contains no other steps. */
export type JobStepType = { [Type in StepType]: Row<Type> extends { contains: object } ? never : Type }[StepType];

/** The name of a step type that the local endpoint runs. */
export type LocalStepType = { [Type in StepType]: Row<Type> extends { runsLocally: true } ? Type : never }[StepType];

/** Returns the row of a step type; undefined for a type that the service does not have. */
export function stepTypeFacts(type: string): StepTypeFacts | undefined {
  return Object.hasOwn(stepTypes, type) ? stepTypes[type as StepType] : undefined;
}

/** Returns the names of the step types whose row fits, in the order of the table. */
export function stepTypesWhere(fits: (facts: StepTypeFacts) => boolean): readonly StepType[] {
  return (Object.keys(stepTypes) as StepType[]).filter((type) => fits(stepTypes[type]));
}

/** Returns the row of what SageMaker makes for steps of a type; undefined where it makes nothing. */
export function madeBy(type: string): (JobKind & { readonly kind: JobKindName }) | undefined {
  const kind = stepTypeFacts(type)?.makes;
  return kind === undefined ? undefined : { kind, ...jobKinds[kind] };
}

/** Returns the operation whose request the arguments of a step are: `CreateTrainingJob`; undefined where none is. */
export function requestOf(type: string): `Create${JobKindName}` | undefined {
  const { makes, takesRequest } = stepTypeFacts(type) ?? {};
  return makes === undefined || takesRequest === undefined ? undefined : `Create${makes}`;
}
