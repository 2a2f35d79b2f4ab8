import assert from "node:assert/strict";
import type { InferenceSpecification } from "@aws-sdk/client-sagemaker";
import {
  modelRequest,
  type Prediction,
  predictionsUri,
  transformRequest,
} from "../../../check/predict/transform-request.ts";
import { constraintViolations } from "../../../service-model/constraint-violations.ts";
import { generatedModel } from "../../../service-model/service-model.ts";

const ModelPackageArn = "arn:aws:sagemaker:eu-west-1:111122223333:model-package/tiny/1";
const key = "arn:aws:kms:eu-west-1:111122223333:key/1";

function prediction(
  specification: Partial<InferenceSpecification> = {},
  context: Readonly<Record<string, unknown>> = {},
  more: Partial<Prediction> = {},
): Prediction {
  const InferenceSpecification = { Containers: [{ Image: "i" }], ...specification };
  return {
    name: "predict-tiny-1",
    modelPackage: { ModelPackageArn, InferenceSpecification } as Prediction["modelPackage"],
    rows: "s3://artifacts/tiny/data/abc/rows.csv",
    pipeline: { prefix: "tiny", context },
    ...{ bucket: "artifacts", roleArn: "arn:aws:iam::111122223333:role/execution", ...more },
  };
}

describe("the requests of a prediction", () => {
  it("name the model package and the execution role, and write below the pipeline's executions", () => {
    const given = prediction();
    const { PrimaryContainer, ExecutionRoleArn, ...rest } = modelRequest(given);
    assert.deepEqual(PrimaryContainer, { ModelPackageName: ModelPackageArn });
    assert.equal(ExecutionRoleArn, given.roleArn);
    assert.deepEqual(rest, { ModelName: "predict-tiny-1" });
    const { TransformOutput, TransformResources } = transformRequest(given);
    assert.equal(TransformOutput?.S3OutputPath, "s3://artifacts/tiny/executions/predict-tiny-1");
    assert.equal(predictionsUri(given), "s3://artifacts/tiny/executions/predict-tiny-1/rows.csv.out");
    assert.deepEqual(TransformResources, { InstanceType: "ml.m5.large", InstanceCount: 1 });
  });

  it("have the network, the key and the tags of the pipeline's jobs, and are valid", () => {
    const network = { subnets: ["subnet-1"], securityGroupIds: ["sg-1"] };
    const given = prediction({}, { network, kmsKeyArn: key, tags: { team: "risk" }, pipelineName: "tiny" });
    const [model, job] = [modelRequest(given), transformRequest(given)];
    assert.deepEqual(model.VpcConfig, { Subnets: ["subnet-1"], SecurityGroupIds: ["sg-1"] });
    assert.deepEqual([model.Tags, job.Tags], [[{ Key: "team", Value: "risk" }], [{ Key: "team", Value: "risk" }]]);
    assert.deepEqual([job.TransformOutput?.KmsKeyId, job.TransformResources?.VolumeKmsKeyId], [key, key]);
    assert.deepEqual(constraintViolations(generatedModel(), "CreateModelInput", model), []);
    assert.deepEqual(constraintViolations(generatedModel(), "CreateTransformJobRequest", job), []);
  });

  it("take the instance and the type of the answers from the model package, unless the user names the instance", () => {
    const specification: Partial<InferenceSpecification> = {
      SupportedTransformInstanceTypes: ["ml.c5.xlarge", "ml.m5.large"],
      SupportedContentTypes: ["application/json", "text/csv"],
      SupportedResponseMIMETypes: ["application/json"],
    };
    const { TransformOutput, TransformResources } = transformRequest(prediction(specification));
    assert.deepEqual([TransformOutput?.Accept, TransformResources?.InstanceType], ["application/json", "ml.c5.xlarge"]);
    const named = transformRequest(prediction(specification, { kmsKeyArn: key }, { instanceType: "ml.g5.xlarge" }));
    // SageMaker rejects a volume key for instances with local disks.
    assert.deepEqual(named.TransformResources, { InstanceType: "ml.g5.xlarge", InstanceCount: 1 });
  });

  it("are refused for a model that does not take CSV", () => {
    assert.throws(() => transformRequest(prediction({ SupportedContentTypes: ["application/json"] })), {
      code: 2,
      message: `${ModelPackageArn} takes application/json, but predict sends text/csv: register the model with text/csv among its content types.`,
    });
  });
});
