/**
 * What SageMaker allows, in one table.
 *
 * Sources: the API reference of CreatePipeline, StartPipelineExecution, ListPipelineExecutionSteps and of each job's Create
 * request; the SageMaker Python SDK's own checks where the reference says nothing (retries, ForEach).
 */
export const limits = {
  /** Characters of the definition as JSON. */
  definitionCharacters: 1_048_576,
  parameters: 200,
  /** Characters of the pipeline's name and display name. */
  nameCharacters: 256,
  descriptionCharacters: 3072,
  /** Characters of the value that an execution gives for a parameter. */
  parameterValueCharacters: 1024,
  executionDisplayNameCharacters: 82,
  executionDescriptionCharacters: 3072,
  clientRequestTokenCharacters: { minimum: 32, maximum: 128 },
  executionFailureReasonCharacters: 1300,
  stepFailureReasonCharacters: 1024,
  /** Steps that one ListPipelineExecutionSteps answers with. */
  listedSteps: 100,
  /** Steps that one selective execution runs. */
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
  /** Minutes for which a step is tried again: ten days. */
  retryMinutes: 14_400,
  forEachConcurrency: 50,
  forEachItems: 100,
} as const;

/**
 * AWS's default quotas of an account, which it raises on request: https://docs.aws.amazon.com/general/latest/gr/sagemaker.html
 */
export const defaultQuotas = {
  /** Steps of a pipeline, those in branches included. */
  steps: 50,
  stepNameCharacters: 64,
  parameterNameCharacters: 64,
  parameterEnumValues: 16,
  parameterDefaultCharacters: 2048,
  /** Conditions of one condition step. */
  conditions: 200,
  ifSteps: 20,
  elseSteps: 20,
  /** Property files of a pipeline. */
  propertyFiles: 10,
  propertyFileMegabytes: 2,
  /** JsonGet functions of a pipeline. */
  jsonGets: 200,
  executionDays: 28,
  concurrentExecutions: 200,
};

/** The quotas of an account. */
export type Quotas = typeof defaultQuotas;
