/** The members of ExperimentConfig that the pipeline's own PipelineExperimentConfig gives. */
const experiment = ["ExperimentConfig.ExperimentName", "ExperimentConfig.TrialName", "ExperimentConfig.RunName"];

/**
 * Members that requests of AWS have and steps of pipelines do not take, by the type of the step. SageMaker answers
 * `Unknown Argument member '...'`.
 */
export const refusedMembers: Readonly<Record<string, readonly string[]>> = {
  // A pipeline registers versions of groups: aws/sagemaker-python-sdk#3472.
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
