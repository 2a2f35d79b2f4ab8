/**
 * SageMaker's limits that an account cannot raise.
 *
 * Sources: the API reference of CreatePipeline, StartPipelineExecution, ListPipelineExecutionSteps and of each job's
 * Create request. For retries and ForEach, which the reference does not cover: the checks of the SageMaker Python SDK.
 */
export const limits = {
  /** The most characters of the definition as JSON. */
  definitionCharacters: 1_048_576,
  parameters: 200,
  /** The most characters of the pipeline's name and of its display name. */
  nameCharacters: 256,
  descriptionCharacters: 3072,
  /** The most characters of a parameter value that an execution gives. */
  parameterValueCharacters: 1024,
  executionDisplayNameCharacters: 82,
  executionDescriptionCharacters: 3072,
  clientRequestTokenCharacters: { minimum: 32, maximum: 128 },
  executionFailureReasonCharacters: 1300,
  stepFailureReasonCharacters: 1024,
  stepDescriptionCharacters: 3072,
  /** The most steps in one answer of ListPipelineExecutionSteps. */
  listedSteps: 100,
  /** The most steps that a selective execution runs. */
  selectedSteps: 50,
  jobNameCharacters: 63,
  processingInputs: 10,
  processingOutputs: 10,
  environmentEntries: 100,
  containerArguments: 100,
  containerArgumentCharacters: 256,
  hyperparameters: 100,
  hyperparameterCharacters: 2500,
  tags: 50,
  retryAttempts: 20,
  /** The most minutes for which a retry policy retries a step (ten days). */
  retryMinutes: 14_400,
  forEachConcurrency: 50,
  forEachItems: 100,
} as const;

/**
 * AWS's default quotas of an account, which AWS raises on request: https://docs.aws.amazon.com/general/latest/gr/sagemaker.html
 */
export const defaultQuotas = {
  /** The most steps of a pipeline, including those in branches. */
  steps: 50,
  stepNameCharacters: 64,
  parameterNameCharacters: 64,
  parameterEnumValues: 16,
  parameterDefaultCharacters: 2048,
  /** The most conditions of one Condition step. */
  conditions: 200,
  ifSteps: 20,
  elseSteps: 20,
  /** The most property files of a pipeline. */
  propertyFiles: 10,
  propertyFileMegabytes: 2,
  /** The most JsonGet functions of a pipeline. */
  jsonGets: 200,
  executionDays: 28,
  concurrentExecutions: 200,
};

/** The quotas of an account. */
export type Quotas = typeof defaultQuotas;
