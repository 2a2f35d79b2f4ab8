/**
 * Members that requests of AWS have and steps of pipelines do not take, by the type of the step. SageMaker answers
 * `Unknown Argument member '...'`.
 */
export const refusedMembers: Readonly<Record<string, readonly string[]>> = {
  // A pipeline registers versions of groups: aws/sagemaker-python-sdk#3472.
  RegisterModel: ["ModelPackageName"],
  // aws/sagemaker-python-sdk#6224
  EndpointConfig: ["DataCaptureConfig", "ExplainerConfig"],
  Endpoint: ["DeploymentConfig"],
};
