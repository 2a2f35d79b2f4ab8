import { type JobKind, type JobKindName, jobKinds } from "./job-kinds.ts";

/** The facts about a step type. */
export interface StepTypeFacts {
  /** The kind of resource that SageMaker creates for the step. */
  readonly makes?: JobKindName;
  /** Whether the arguments are the request that creates the resource, such as `CreateTrainingJob`. */
  readonly takesRequest?: true;
  /** The members that are required. Those of the arguments are written as `Arguments.A`. */
  readonly required?: readonly string[];
  /** Whether a step of the type may have no `Arguments`. */
  readonly withoutArguments?: true;
  /** Two arguments, of which a step must have exactly one. */
  readonly oneOf?: readonly [string, string];
  /** The arguments that SageMaker's step cache compares, as paths. Absent if the type cannot be cached. */
  readonly cacheKey?: readonly string[] | "all";
  /** The members beside `Arguments` that the step cache compares, too. */
  readonly memberCacheKey?: readonly string[];
  /** Whether steps of the type may have retry policies. */
  readonly retryable: boolean;
  /** Whether steps of the type may declare property files. */
  readonly propertyFiles?: true;
  /** Whether the execution role needs no permission for the step, because it does not call a service. */
  readonly callsNothing?: true;
  /** Whether steps of the type are not allowed in the body of a ForEach step. */
  readonly notInForEach?: true;
  /** The arguments that contain other steps, each with its part (branch or body). */
  readonly contains?: { readonly [argument: string]: StepPart };
  /** Whether the local endpoint runs the type. Its runner is in `local/engine/run-step.ts`. */
  readonly runsLocally?: true;
}

/** A part of a step that contains other steps: a branch of a Condition step or the body of a ForEach step. */
export type StepPart = "if" | "else" | "body";

const processing = ["AppSpecification", "Environment", "ProcessingInputs"] as const;
/** The cache key of a check's processing job. The guide calls the last three `CheckJobConfig`. */
const checkJob = [...processing, "ProcessingResources", "NetworkConfig", "StoppingCondition"] as const;

/**
 * All step types, one row each.
 *
 * The cache keys are from the developer guide's "Default cache key attributes by pipeline step type"
 * (https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines-default-keys.html). They do not contain output
 * destinations. For types that the guide does not list, the cache compares all arguments.
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
    withoutArguments: true,
    cacheKey: "all",
    memberCacheKey: ["FunctionArn", "OutputParameters"],
    retryable: false,
    runsLocally: true,
  },
  Callback: {
    required: ["SqsQueueUrl"],
    withoutArguments: true,
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

/** The name of a step type in a definition. */
export type StepType = keyof typeof stepTypes;

/** The name of a step type that contains no other steps. */
export type JobStepType = { [Type in StepType]: Row<Type> extends { contains: object } ? never : Type }[StepType];

/** The name of a step type that the local endpoint runs. */
export type LocalStepType = { [Type in StepType]: Row<Type> extends { runsLocally: true } ? Type : never }[StepType];

/** Returns the row of a step type, or undefined if the type does not exist. */
export function stepTypeFacts(type: string): StepTypeFacts | undefined {
  return Object.hasOwn(stepTypes, type) ? stepTypes[type as StepType] : undefined;
}

/** Returns the step types whose rows `fits` accepts, in the order of the table. */
export function stepTypesWhere(fits: (facts: StepTypeFacts) => boolean): readonly StepType[] {
  return (Object.keys(stepTypes) as StepType[]).filter((type) => fits(stepTypes[type]));
}

/** Returns the kind of resource that SageMaker creates for steps of a type, with its row, or undefined if it creates nothing. */
export function madeBy(type: string): (JobKind & { readonly kind: JobKindName }) | undefined {
  const kind = stepTypeFacts(type)?.makes;
  return kind === undefined ? undefined : { kind, ...jobKinds[kind] };
}

/** Returns the operation whose request is the step's arguments, such as `CreateTrainingJob`, or undefined. */
export function requestOf(type: string): `Create${JobKindName}` | undefined {
  const { makes, takesRequest } = stepTypeFacts(type) ?? {};
  return makes === undefined || takesRequest === undefined ? undefined : `Create${makes}`;
}
