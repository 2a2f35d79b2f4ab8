/** Types and properties of the resources that the tests of Cloud Control create. */
export const pipelineTypeName = "AWS::SageMaker::Pipeline";
export const groupTypeName = "AWS::SageMaker::ModelPackageGroup";
export const groupArn = (name: string) => `arn:aws:sagemaker:us-east-1:123456789012:model-package-group/${name}`;

export const failDefinition = (ErrorMessage: string) =>
  JSON.stringify({
    Version: "2020-12-01",
    Metadata: {},
    Parameters: [],
    Steps: [{ Name: "Stop", Type: "Fail", Arguments: { ErrorMessage } }],
  });
export const state = (name: string, more: object = {}) => ({
  PipelineName: name,
  PipelineDefinition: { PipelineDefinitionBody: failDefinition("one") },
  RoleArn: "arn:aws:iam::123456789012:role/r",
  ...more,
});
