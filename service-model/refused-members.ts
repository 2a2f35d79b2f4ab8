/** The members of ExperimentConfig that the pipeline's own PipelineExperimentConfig gives. */
const experiment = ["ExperimentConfig.ExperimentName", "ExperimentConfig.TrialName", "ExperimentConfig.RunName"];

/**
 * Members of AWS's requests that SageMaker rejects in pipelines (`Unknown Argument member '...'`), by step type.
 */
export const refusedMembers: Readonly<Record<string, readonly string[]>> = {
  // A pipeline registers only versions of model package groups: aws/sagemaker-python-sdk#3472.
  // "not available in the workflow service and will cause rejection": workflow/_utils.py of the SageMaker Python SDK
  RegisterModel: ["ModelPackageName", "CertifyForMarketplace"],
  // "cannot be included in the arguments": workflow/automl_step.py of the SageMaker Python SDK
  AutoML: ["ModelDeployConfig", "GenerateCandidateDefinitionsOnly"],
  // "cannot be included in the arguments", except for the display name: workflow/steps.py of the SageMaker Python SDK
  Processing: experiment,
  Training: experiment,
  Transform: experiment,
  // aws/sagemaker-python-sdk#6224
  EndpointConfig: ["DataCaptureConfig", "ExplainerConfig"],
  Endpoint: ["DeploymentConfig"],
};
